package dev.pinion.junit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, moved by what a test has added. Any thread. */
final class LocalClock implements InstantSource {
  private final AtomicLong ahead = new AtomicLong();

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
