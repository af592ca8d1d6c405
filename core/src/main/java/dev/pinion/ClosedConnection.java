package dev.pinion;

import dev.pinion.spi.Event;

/** A connection that has ended. */
public final class ClosedConnection extends Connection {
  private final Event.Disconnect event;

  /** The connection of an event; for platforms and tests. */
  public ClosedConnection(Event.Disconnect event) {
    super(event);
    this.event = event;
  }

  /** The close status, such as 1000; 1005 when the client gave none, 1006 when it just went away (RFC 6455, 7.4). */
  public int code() {
    return event.disconnectStatusCode();
  }

  /** The close reason, empty when there is none. */
  public String reason() {
    return event.disconnectReason();
  }
}
