package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;

/** The close statuses with the reasons that API Gateway gives. */
public final class CloseStatuses {

  /** The management API closed the connection. */
  public static final CloseStatus DELETED = new CloseStatus(1000, "Connection Closed Normally");

  /** The server ended the connection: it was idle, too old, or the gateway closes. */
  public static final CloseStatus GOING_AWAY = new CloseStatus(1001, "Going away");

  /** The client's close frame had no status. */
  public static final CloseStatus NOT_SET = new CloseStatus(1005, "Client-side close frame status not set");

  /** What clients have sent and no handler has handled takes too much memory, and most of it is this client's. */
  public static final CloseStatus TRY_LATER = new CloseStatus(1013, "Try again later");

  private CloseStatuses() {}
}
