package dev.pinion.sim;

import java.util.Optional;

/** Learns of the starts of an app's tasks. Called by the threads that start and run them, and must not block. */
public interface TaskListener {
  /**
   * A start was accepted.
   *
   * @param task the task's id
   * @param payload as JSON
   */
  default void started(String task, String payload) {}

  /**
   * A handler has been called.
   *
   * @param attempt from 1
   * @param failure what it threw; empty if it succeeded
   */
  default void handled(String task, String payload, int attempt, Optional<Throwable> failure) {}
}
