package dev.pinion.sim;

import dev.pinion.App;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** When schedules tick after the clock was set back. */
@Timeout(60)
final class SetBackSchedulesTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @TempDir private Path data = Path.of("");

  private Simulator start() {
    App app = cloud -> {
      cloud.schedule("rate").rate(Duration.ofMinutes(10)).create().onTick(_ -> {});
      cloud.schedule("cron").cron("0 * * * ? *").create().onTick(_ -> {});
      cloud.schedule("once").at(LocalDateTime.ofInstant(START.plusSeconds(120), ZoneOffset.UTC)).create()
          .onTick(_ -> {});
    };
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).ticks((id, tick, _) -> told.add(id + " " + tick.scheduledTime()))
        .start();
  }

  /** Lets time pass, and returns the ticks that come meanwhile. */
  private List<String> advance(Simulator simulator, int minutes) {
    for (int i = 0; i < minutes; i++) {
      clock.advance(Duration.ofMinutes(1));
      simulator.tick();
      idle(simulator);
    }
    List<String> ticks = new ArrayList<>();
    told.drainTo(ticks);
    return ticks;
  }

  private void setBack(int minutes) {
    clock.advance(Duration.ofMinutes(-minutes));
  }

  @Test
  void aRateKeepsItsBeatAndACronExpressionTicksByTheClock() {
    try (Simulator simulator = start()) {
      assertThat(advance(simulator, 65)).hasSize(8).contains("once 2026-01-01T12:02:00Z", "cron 2026-01-01T13:00:00Z");
      setBack(123);
      simulator.tick();
      assertThat(simulator.nextTicks()).isEqualTo(
          Map.of("rate", Instant.parse("2026-01-01T11:07:00Z"), "cron", Instant.parse("2026-01-01T12:00:00Z")));
      assertThat(advance(simulator, 63)).containsExactlyInAnyOrder(
          "rate 2026-01-01T11:07:00Z", "rate 2026-01-01T11:17:00Z", "rate 2026-01-01T11:27:00Z",
          "rate 2026-01-01T11:37:00Z", "rate 2026-01-01T11:47:00Z", "rate 2026-01-01T11:57:00Z",
          "cron 2026-01-01T12:00:00Z");
    }
    assertThat(log.toString(UTF_8))
        .contains("schedule 'rate': the clock was set back, so it ticks next at 2026-01-01T11:07:00Z\n");
    try (Simulator simulator = start()) {
      assertThat(simulator.nextTicks()).isEqualTo(
          Map.of("rate", Instant.parse("2026-01-01T12:07:00Z"), "cron", Instant.parse("2026-01-01T13:00:00Z")));
    }
  }

  @Test
  void alsoWhileTheAppIsStopped() {
    try (Simulator simulator = start()) {
      assertThat(advance(simulator, 64)).hasSize(8);
    }
    setBack(24 * 60);
    try (Simulator simulator = start()) {
      assertThat(simulator.nextTicks()).isEqualTo(
          Map.of("rate", Instant.parse("2025-12-31T13:14:00Z"), "cron", Instant.parse("2025-12-31T14:00:00Z")));
      assertThat(advance(simulator, 60)).hasSize(7).doesNotContain("once 2026-01-01T12:02:00Z");
      assertThat(advance(simulator, 24 * 60)).noneMatch(each -> each.startsWith("once"));
    }
  }

  @Test
  void aCorrectionRepeatsNothing() {
    try (Simulator simulator = start()) {
      assertThat(advance(simulator, 60)).hasSize(8);
      setBack(2);
      assertThat(advance(simulator, 2)).isEmpty();
      assertThat(advance(simulator, 10)).containsExactly("rate 2026-01-01T13:10:00Z");
      for (int i = 0; i < 3; i++) {
        setBack(1);
        simulator.tick();
      }
      assertThat(simulator.nextTicks()).as("corrections add up").containsEntry("rate", START.plusSeconds(77 * 60));
    }
  }
}
