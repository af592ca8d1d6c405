package dev.pinion.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What tests of tasks share. */
final class TaskTests {
  private TaskTests() {}

  /** A clock that only a test moves. */
  static final class Clock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

    void set(Instant time) {
      if (time.isAfter(now)) now = time;
    }

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Waits until no handler runs. */
  static void idle(Simulator simulator) {
    while (!simulator.handlerLoad().isIdle()) Thread.onSpinWait();
  }
}
