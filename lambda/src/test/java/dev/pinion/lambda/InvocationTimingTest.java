package dev.pinion.lambda;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long a function has, while it starts and while it handles an event. */
final class InvocationTimingTest {
  @Test
  void theStartHasLessTimeWithEveryMoment() throws Exception {
    InvocationTiming timing = new InvocationTiming();
    Duration first = timing.left();
    assertThat(first).isLessThanOrEqualTo(Duration.ofSeconds(8));
    timing.sleep(Duration.ofMillis(5));
    Duration later = timing.left();
    assertThat(later).isLessThanOrEqualTo(first.minusMillis(5));
    timing.restored();
    assertThat(timing.left()).isGreaterThan(later);
  }

  @Test
  void anInvocationHasWhatItsContextSays() {
    InvocationTiming timing = new InvocationTiming();
    timing.begin(new Invocation(), Duration.ofSeconds(60));
    assertThat(timing.left()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(29));
  }

  /// The runtime subtracts the machine's time from AWS's.
  @Test
  void aClockThatJumpsChangesNothing() {
    Invocation invocation = new Invocation();
    InvocationTiming timing = new InvocationTiming();
    timing.begin(invocation, Duration.ofSeconds(29));
    invocation.remaining(-3_600_000);
    assertThat(timing.left()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(29));
    timing.begin(invocation, Duration.ofSeconds(10));
    assertThat(timing.left()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    invocation.remaining(3_600_000);
    timing.begin(invocation, Duration.ofSeconds(10));
    assertThat(timing.left()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }

  @Test
  void chanceIsBetweenZeroAndOne() {
    InvocationTiming timing = new InvocationTiming();
    Set<Double> all = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      all.add(timing.random());
    }
    assertThat(all).hasSizeGreaterThan(90).allSatisfy(each -> assertThat(each).isBetween(0.0, 0.999_999_999_999));
  }
}
