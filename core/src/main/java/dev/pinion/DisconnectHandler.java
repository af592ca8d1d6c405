package dev.pinion;

/**
 * What happens when a connection has ended, whoever ended it. On AWS this call is best-effort: it may not come at all.
 */
@FunctionalInterface
public non-sealed interface DisconnectHandler extends Handler {
  /**
   * Called once for each connection that was let in.
   *
   * @throws Exception for any failure, which is logged
   */
  void handle(ClosedConnection connection) throws Exception;
}
