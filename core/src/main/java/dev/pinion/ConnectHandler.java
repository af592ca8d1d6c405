package dev.pinion;

/**
 * What happens when a client asks to connect. The client is let in when the handler returns; it can send nothing
 * before.
 */
@FunctionalInterface
public non-sealed interface ConnectHandler extends Handler {
  /**
   * Called once for each handshake.
   *
   * @throws RejectedException to turn the client away, made by {@link OpeningConnection#reject}
   * @throws Exception for any failure: the client gets 502
   */
  void handle(OpeningConnection connection) throws Exception;
}
