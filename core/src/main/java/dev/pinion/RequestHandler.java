package dev.pinion;

import org.jspecify.annotations.Nullable;

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
   * @return the answer to the sender: a {@link CharSequence} as it is, any other supported value as JSON; null and an
   *     empty {@link java.util.Optional} send no answer
   * @throws Exception if the handler fails; the client gets the frame {@code Internal server error} and stays connected
   */
  @Nullable
  Object handle(Connection connection, T body) throws Exception;
}
