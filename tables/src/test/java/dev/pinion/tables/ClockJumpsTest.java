package dev.pinion.tables;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clocks that are set. */
final class ClockJumpsTest {
  private Instant wall = Instant.parse("2026-01-01T00:00:00Z");
  private long nanos = Long.MAX_VALUE - 5;
  private final ClockJumps jumps = new ClockJumps(() -> wall, () -> nanos);

  private boolean jumped(Duration onTheClock, Duration real) {
    wall = wall.plus(onTheClock);
    nanos += real.toNanos();
    return jumps.jumped();
  }

  @Test
  void aClockThatGoesWithTimeDoesNotJump() {
    assertThat(jumped(Duration.ofMinutes(1), Duration.ofMinutes(1))).isFalse();
    assertThat(jumped(Duration.ofHours(30), Duration.ofHours(30))).isFalse();
    assertThat(jumped(Duration.ofMinutes(6), Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void aClockThatIsSetForwardJumpsOnce() {
    assertThat(jumped(Duration.ofDays(365), Duration.ofMinutes(1))).isTrue();
    assertThat(jumped(Duration.ofMinutes(1), Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void aClockThatIsSetBackDeletesNothingEarly() {
    assertThat(jumped(Duration.ofDays(-365), Duration.ofMinutes(1))).isFalse();
    assertThat(jumped(Duration.ofDays(365), Duration.ofMinutes(1))).isTrue();
  }
}
