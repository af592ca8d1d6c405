package dev.pinion;

/**
 * Handles the end of a connection, whichever side ended it. AWS does not guarantee this call.
 */
@FunctionalInterface
public non-sealed interface DisconnectHandler extends Handler {
  /**
   * Called once for each connection that was accepted.
   *
   * @throws Exception if the handler fails; the failure is logged
   */
  void handle(ClosedConnection connection) throws Exception;
}
