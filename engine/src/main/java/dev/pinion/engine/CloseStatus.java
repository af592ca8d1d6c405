package dev.pinion.engine;

/**
 * Why a WebSocket connection ended.
 *
 * @param code a close code of RFC 6455 section 7.4, or 1005 and 1006, which are never on the wire
 * @param reason the reason; may be empty
 */
public record CloseStatus(int code, String reason) {

  /** Returns a status without a reason. */
  public static CloseStatus of(int code) {
    return new CloseStatus(code, "");
  }

  /** Returns whether a peer may send this code in a close frame (RFC 6455 section 7.4.2). */
  static boolean sendable(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }
}
