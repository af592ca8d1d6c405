package dev.pinion.engine;

/** The receiver of one client's frames; see {@link WebSocketSession}. Called on the connection's event loop. */
public interface FrameSink {

  /** The connection is open: the answer 101 is about to be written, and frames may be sent behind it. */
  default void opened() {}

  /** Bytes are about to be decoded. Returns false when nothing more is to be decoded, ever. */
  default boolean decoding() {
    return true;
  }

  /** Returns whether the next frame may be decoded now; if not, the rest waits for {@link WebSocketSession#resume}. */
  default boolean ready() {
    return true;
  }

  /** Takes a whole text message. */
  void text(String message);

  /** Takes a whole binary message. */
  default void binary(byte[] message) {}

  /** Takes a ping's payload, which has to be answered with {@link Frames#pong}. */
  default void ping(byte[] payload) {}

  /** Takes a pong's payload. */
  default void pong(byte[] payload) {}

  /** Takes a close frame's status; 1005 without a reason when it has none. */
  void close(CloseStatus status);

  /** Takes a violation of the protocol or a limit. Nothing is decoded afterwards. */
  default void violated(ProtocolException violation) {
    close(violation.status());
  }

  /** Bytes have been decoded. Returns false when no more may be decoded until {@link WebSocketSession#resume}. */
  default boolean decoded() {
    return true;
  }

  /** The socket is about to be closed: the client reads too slowly, and what waits for all clients is too much. */
  default void tooSlow() {}

  /** What all clients have sent and nobody has handled is too much, and most of it is this client's. */
  default void overBudget() {}

  /** The socket has ended. Called exactly once. */
  default void ended() {}
}
