package dev.pinion.engine;

import java.util.Arrays;

/**
 * The WebSocket that a socket speaks after its upgrade (RFC 6455): decodes frames for its {@link FrameSink}, and
 * stops reading while the sink is not ready.
 *
 * <pre>
 *            the sink is not ready
 *   READING ----------------------> HOLDING the undecoded rest; the socket is paused
 *      ^ |                              |
 *      | '--violation or close frame--> nothing more   |
 *      '------------resume--------------'
 * </pre>
 *
 * <p>All methods are the event loop's.
 */
public final class WebSocketSession implements Protocol {
  private static final byte[] NOTHING = {};

  private final ClientSocket socket;
  private final FrameSink sink;
  private final FrameDecoder decoder;
  private byte[] held = NOTHING;
  private boolean over;

  /** Makes the session of a socket that is about to be upgraded. */
  public WebSocketSession(ClientSocket socket, FrameLimits limits, FrameSink sink) {
    this.socket = socket;
    this.sink = sink;
    decoder = new FrameDecoder(limits);
  }

  @Override
  public void begin() {
    sink.opened();
  }

  @Override
  public void received(byte[] data, int from, int to) {
    int at = from;
    while (!over && sink.decoding()) {
      try {
        at = decoder.decode(data, at, to, sink);
      } catch (ProtocolException e) {
        over = true;
        sink.decoded();
        sink.violated(e);
        return;
      }
      if (!sink.decoded()) {
        held = Arrays.copyOfRange(data, at, to);
        socket.pause();
        return;
      }
      over |= decoder.isClosed();
      if (at == to) {
        return;
      }
    }
  }

  /** Goes on where the sink was not ready. */
  public void resume() {
    byte[] data = held;
    held = NOTHING;
    socket.resume();
    received(data, 0, data.length);
  }

  @Override
  public void tooSlow() {
    sink.tooSlow();
  }

  @Override
  public void ended() {
    over = true;
    sink.ended();
  }
}
