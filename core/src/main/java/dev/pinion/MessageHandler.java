package dev.pinion;

/**
 * What happens when a client sends a message.
 *
 * @param <T> what the message is read as
 */
@FunctionalInterface
public non-sealed interface MessageHandler<T> extends Handler {
  /**
   * Called once for each message. Messages of one connection start in order and may overlap.
   *
   * @throws Exception for any failure: the client gets the frame {@code Internal server error} and stays connected
   */
  void handle(Connection connection, T body) throws Exception;
}
