package dev.pinion.sim;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a clock shows beside one that is set. */
final class SteadyClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final SteadyClock clock = new SteadyClock(wall::get);

  @Test
  void goesOnFromTheLatestTimeWhenTheOtherOneIsSetBack() {
    assertThat(clock.instant()).isEqualTo(NOON);
    wall.set(NOON.minusSeconds(86_400));
    assertThat(clock.instant()).isEqualTo(NOON);
    wall.set(NOON.minusSeconds(86_390));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
    assertThat(clock.byTheOther(NOON.plusSeconds(60))).isEqualTo(NOON.minusSeconds(86_340));
    wall.set(NOON.minusSeconds(90_000));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void goesAheadWithTheOtherOne() {
    assertThat(clock.instant()).isEqualTo(NOON);
    wall.set(NOON.plusSeconds(86_400));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(86_400));
    assertThat(clock.byTheOther(NOON)).isEqualTo(NOON);
  }
}
