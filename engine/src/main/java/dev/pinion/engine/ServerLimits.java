package dev.pinion.engine;

import java.time.Duration;

/**
 * How much clients may take of a server.
 *
 * @param urlCharacters the most characters of a request's target; past it 414
 * @param headerBytes the most bytes of a request's headers; past it 431
 * @param bodyBytes the most bytes that are kept of a request's body; the rest is read and dropped
 * @param bufferBytes the most memory for what waits for one client that reads slowly: its bytes, and 48 for each frame
 * @param totalBufferBytes the same for all clients together; past it those lose whose output has not been empty for
 *     longest
 * @param totalInputBytes the most memory for what all clients together have sent and nobody has handled yet; past half
 *     of it clients are read more slowly, past all of it those lose that keep most
 * @param pendingRequests how many sockets may be without a whole request; past it the one that has waited longest is
 *     closed
 * @param pendingBytes the most bytes of all requests that are not yet whole, together; past it as {@code
 *     pendingRequests}
 * @param requestTimeout how long a client may take for a request or for reading its last bytes, and six times as long
 *     between two requests; then its socket is closed
 */
public record ServerLimits(
    int urlCharacters,
    int headerBytes,
    int bodyBytes,
    int bufferBytes,
    long totalBufferBytes,
    long totalInputBytes,
    int pendingRequests,
    long pendingBytes,
    Duration requestTimeout) {

  /** Limits for a server on one machine. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(4096, 10_240, 128 * 1024, 512 * 1024, 64 << 20, 64 << 20, 4096, 64 << 20,
          Duration.ofSeconds(10));
}
