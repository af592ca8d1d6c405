package dev.pinion.tables;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Notices when a clock goes forward much further than time does, as that of a machine that starts or wakes up with a
 * wrong one. One thread.
 */
final class ClockJumps {
  private static final Duration TOLERATED = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Instant wall;
  private long nanos;

  ClockJumps(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    wall = clock.instant();
    nanos = nanoTime.getAsLong();
  }

  /** Returns whether the clock has jumped forward since the last call. */
  boolean jumped() {
    Instant nextWall = clock.instant();
    long nextNanos = nanoTime.getAsLong();
    Duration ahead = Duration.between(wall, nextWall).minusNanos(nextNanos - nanos);
    wall = nextWall;
    nanos = nextNanos;
    return ahead.compareTo(TOLERATED) > 0;
  }
}
