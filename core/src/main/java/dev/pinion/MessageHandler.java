package dev.pinion;

/**
 * Handles a message from a client.
 *
 * @param <T> the type that the message is converted to
 */
@FunctionalInterface
public non-sealed interface MessageHandler<T> extends Handler {
  /**
   * Called once for each message. Messages of one connection start in order and may overlap.
   *
   * @throws Exception if the handler fails; the client gets the frame {@code Internal server error} and stays connected
   */
  void handle(Connection connection, T body) throws Exception;
}
