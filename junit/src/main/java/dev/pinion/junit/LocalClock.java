package dev.pinion.junit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, moved to where a test starts and by what it has added. Any thread. */
final class LocalClock implements InstantSource {
  private final AtomicLong ahead;

  /** Starts a clock at a time, or at the system's. */
  LocalClock(Optional<Instant> start) {
    ahead = new AtomicLong(start.map(time -> time.toEpochMilli() - System.currentTimeMillis()).orElse(0L));
  }

  void advance(Duration time) {
    ahead.addAndGet(time.toMillis());
  }

  @Override
  public long millis() {
    return System.currentTimeMillis() + ahead.get();
  }

  @Override
  public Instant instant() {
    return Instant.now().plusMillis(ahead.get());
  }
}
