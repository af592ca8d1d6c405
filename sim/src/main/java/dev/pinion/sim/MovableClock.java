package dev.pinion.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that can be moved forward while the app runs. Any thread. */
final class MovableClock implements InstantSource {
  private final InstantSource source;
  private final AtomicLong ahead = new AtomicLong();

  MovableClock(InstantSource source) {
    this.source = source;
  }

  @Override
  public Instant instant() {
    long millis = ahead.get();
    return millis == 0 ? source.instant() : source.instant().plusMillis(millis);
  }

  @Override
  public long millis() {
    return source.millis() + ahead.get();
  }

  /** Moves the clock forward. */
  void forward(Duration by) {
    if (by.isNegative()) throw new IllegalArgumentException("a clock moves forward only");
    ahead.addAndGet(by.toMillis());
  }

  /** How far it is ahead of its source, in milliseconds. */
  long ahead() {
    return ahead.get();
  }
}
