package dev.pinion.sim;

import java.util.Optional;

/** Learns of the messages of an app's queues. Called by the threads that send and handle them, and must not block. */
public interface QueueListener {
  /**
   * A handler has been called with a message.
   *
   * @param queue the queue's id
   * @param body its text
   * @param receives how often it was received
   * @param failure what the handler threw; empty if it succeeded
   */
  default void handled(String queue, String body, int receives, Optional<Throwable> failure) {}

  /** A message is a dead letter. */
  default void dead(String queue, String body) {}
}
