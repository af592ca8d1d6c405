package dev.pinion;

/**
 * Handles the messages of a queue, and is told what SQS knows of each.
 *
 * @param <T> the type that a message is read into
 */
@FunctionalInterface
public non-sealed interface QueueMessageHandler<T> extends Handler {
  /**
   * Called for each message, at least once. A message whose handler returns is deleted.
   *
   * @param about its id, and how often it was received
   * @throws Exception if the handler fails; the message comes again after the queue's visibility timeout
   */
  void handle(T message, QueueMessage about) throws Exception;
}
