package dev.pinion.junit;

/**
 * How a connection has ended.
 *
 * @param code the close code; 1005 for a close frame without one, 1006 for an end without a close frame
 * @param reason the reason, empty without one
 */
public record Closed(int code, String reason) {
  @Override
  public String toString() {
    return code + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
