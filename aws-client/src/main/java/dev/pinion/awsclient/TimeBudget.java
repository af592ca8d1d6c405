package dev.pinion.awsclient;

import java.time.Duration;

/** What time limits and waits depend on: the time that is left, waiting, and chance. Any thread. */
public interface TimeBudget {
  /** The time until the caller is stopped. */
  Duration left();

  /** The longest time that one attempt of a call may take. */
  default Duration attempt() {
    return Duration.ofSeconds(3);
  }

  /** Waits. */
  void sleep(Duration time) throws InterruptedException;

  /** A number from 0 to less than 1. */
  double random();
}
