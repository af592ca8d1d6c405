package dev.pinion.lambda;

import java.time.Duration;

/** What retries live on: the time that the running invocation has left, waiting, and chance. Any thread. */
interface Timing {
  /** How long until Lambda stops the invocation. */
  Duration left();

  /** Waits. */
  void sleep(Duration time) throws InterruptedException;

  /** A number from 0 to less than 1. */
  double random();
}
