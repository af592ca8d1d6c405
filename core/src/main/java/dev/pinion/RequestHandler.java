package dev.pinion;

/**
 * Handles a message from a client, and returns the answer.
 *
 * @param <T> the type that the message is converted to
 */
@FunctionalInterface
public non-sealed interface RequestHandler<T> extends Handler {
  /**
   * Called once for each message. Messages of one connection start in order and may overlap.
   *
   * @return the answer to the sender: a string as it is, anything else as JSON
   * @throws Exception if the handler fails; the client gets the frame {@code Internal server error} and stays connected
   */
  Object handle(Connection connection, T body) throws Exception;
}
