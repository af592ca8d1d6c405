package dev.pinion.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that is never set back: where the other one is, it goes on from the latest time, as fast as that one does. So
 * what is due stays due, and what waits for a minute waits for no more than that. Any thread.
 */
final class SteadyClock implements InstantSource {
  private final InstantSource clock;
  private Instant latest = Instant.MIN;
  /** By how much this clock is ahead of the other one. */
  private Duration ahead = Duration.ZERO;

  SteadyClock(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Instant instant() {
    Instant now = clock.instant();
    if (now.isBefore(latest)) ahead = ahead.plus(Duration.between(now, latest));
    latest = now;
    return now.plus(ahead);
  }

  /** Returns the time of the other clock at which it is some time by this one. */
  synchronized Instant byTheOther(Instant time) {
    return time.minus(ahead);
  }
}
