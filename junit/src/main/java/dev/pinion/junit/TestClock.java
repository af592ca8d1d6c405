package dev.pinion.junit;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of a test's platform: of limits, time stamps and the expiry of rows. It runs like the system's clock, and a
 * test can set it ahead. The app's own calls of {@link Instant#now} do not see it. Any thread.
 */
public final class TestClock {
  private final LocalApp app;

  TestClock(LocalApp app) {
    this.app = app;
  }

  /** Returns the time of the platform. */
  public Instant instant() {
    return app.clock().instant();
  }

  /**
   * Sets the clock ahead and applies, before it returns, what is due then: idle connections and those of two hours
   * are closed, handlers are interrupted whose time is over, and expired rows are deleted. On the way, schedules tick
   * and tasks are called whose delay is over or that have failed, in order and each at its time; the clock goes on once
   * the handlers of one time have ended or are blocked.
   *
   * <p>Before that, it waits until what the clients have sent is handled, or handlers are blocked.
   */
  public void advance(Duration time) {
    if (time.isNegative()) throw new IllegalArgumentException("the clock cannot go back: " + time);
    app.advance(time);
  }
}
