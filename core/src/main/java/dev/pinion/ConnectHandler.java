package dev.pinion;

/**
 * Handles a client's request to connect. The connection is accepted when the handler returns; until then, the client
 * cannot send messages.
 */
@FunctionalInterface
public non-sealed interface ConnectHandler extends Handler {
  /**
   * Called once for each handshake.
   *
   * @throws RejectedException to reject the client; created by {@link OpeningConnection#reject}
   * @throws Exception if the handler fails; the client gets status 502
   */
  void handle(OpeningConnection connection) throws Exception;
}
