package dev.pinion;

/**
 * What happens when a client sends a message that it awaits an answer to.
 *
 * @param <T> what the message is read as
 */
@FunctionalInterface
public non-sealed interface RequestHandler<T> extends Handler {
  /**
   * Called once for each message. Messages of one connection start in order and may overlap.
   *
   * @return the answer to the sender: text as it is, anything else as JSON
   * @throws Exception for any failure: the client gets the frame {@code Internal server error} and stays connected
   */
  Object handle(Connection connection, T body) throws Exception;
}
