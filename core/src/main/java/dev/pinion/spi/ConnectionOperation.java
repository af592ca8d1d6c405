package dev.pinion.spi;

/** An operation on the connections of a WebSocket, named after the method of {@code @connections} that performs it. */
public enum ConnectionOperation {
  /** Sends a message. */
  POST,
  /** Reads the details of a connection. */
  GET,
  /** Closes a connection. */
  DELETE,
  /** Reads the WebSocket's URL. This calls nothing and needs no permission. */
  URL;

  /** Whether a role must allow the operation. */
  public boolean needsPermission() {
    return this != URL;
  }
}
