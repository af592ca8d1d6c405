package dev.pinion;

import dev.pinion.spi.Event;

/** A connection that has ended. */
public final class ClosedConnection extends Connection {
  private final Event.Disconnect event;

  /** Creates the connection of an event; for platforms and tests. */
  public ClosedConnection(Event.Disconnect event) {
    super(event);
    this.event = event;
  }

  /** The close code, such as 1000; 1005 if the client sent none, 1006 if the socket was lost (RFC 6455, 7.4). */
  public int code() {
    return event.disconnectStatusCode();
  }

  /** The close reason; empty if there is none. */
  public String reason() {
    return event.disconnectReason();
  }
}
