package dev.pinion.gateway;

/**
 * Why a connection ended: the code and the reason that the {@code $disconnect} handler is told.
 *
 * @param code a close code of RFC 6455 section 7.4, or 1005 and 1006, which are never on the wire
 * @param reason the reason as API Gateway words it; may be empty
 */
public record CloseStatus(int code, String reason) {

  /** The management API closed the connection. */
  static final CloseStatus DELETED = new CloseStatus(1000, "Connection Closed Normally");

  /** The server ended the connection: it was idle, too old, or the gateway closes. */
  static final CloseStatus GOING_AWAY = new CloseStatus(1001, "Going away");

  /** The client's close frame had no status. */
  static final CloseStatus NOT_SET = new CloseStatus(1005, "Client-side close frame status not set");

  /** A status without a reason. */
  static CloseStatus of(int code) {
    return new CloseStatus(code, "");
  }

  /** Whether a peer may send this code in a close frame (RFC 6455 section 7.4.2). */
  static boolean sendable(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }
}
