package dev.pinion.spi;

/** What a handler can do with the connections of a WebSocket, by the method of {@code @connections} that does it. */
public enum ConnectionOperation {
  /** Sending. */
  POST,
  /** Reading a connection's details. */
  GET,
  /** Disconnecting. */
  DELETE,
  /** Reading the WebSocket's URL, which calls nothing and needs no permission. */
  URL;

  /** Whether a role must allow the operation. */
  public boolean needsPermission() {
    return this != URL;
  }
}
