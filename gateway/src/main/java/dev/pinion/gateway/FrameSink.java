package dev.pinion.gateway;

/** What a {@link FrameDecoder} hands its frames to. Called on the connection's event loop. */
interface FrameSink {

  /** A whole text message. */
  void text(String message);

  /** A whole binary message. */
  void binary(byte[] message);

  /** A ping, with its payload. */
  void ping(byte[] payload);

  /** A pong. */
  void pong();

  /** A close frame; {@link CloseStatus#NOT_SET} when it had no status. */
  void close(CloseStatus status);

  /** Whether the next frame may be decoded now. */
  boolean ready();
}
