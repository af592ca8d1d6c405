package dev.pinion.gateway;

/**
 * A frame that a gateway itself has sent, or a client's frame that no handler gets.
 *
 * @param kind what it is
 * @param sent whether the client gets it; otherwise the client has sent it
 * @param text its text; of a close frame the status, and who closes the connection for what reason
 */
public record GatewayFrame(Kind kind, boolean sent, String text) {

  /** What a frame is. */
  public enum Kind {
    /** An error, such as {@code Forbidden}. */
    ERROR,
    /** A ping, with its payload. */
    PING,
    /** A pong, with its payload. */
    PONG,
    /** A close frame, or the end of a connection without one. */
    CLOSE
  }
}
