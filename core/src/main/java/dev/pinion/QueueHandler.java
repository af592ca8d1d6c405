package dev.pinion;

/**
 * Handles the messages of a queue.
 *
 * @param <T> the type that a message is read into
 */
@FunctionalInterface
public non-sealed interface QueueHandler<T> extends Handler {
  /**
   * Called for each message, at least once. A message whose handler returns is deleted.
   *
   * @throws Exception if the handler fails; the message comes again after the queue's visibility timeout
   */
  void handle(T message) throws Exception;
}
