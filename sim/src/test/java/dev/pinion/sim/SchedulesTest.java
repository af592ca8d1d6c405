package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.TickHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** When schedules tick locally, what happens to those that fail, and what is left after a stop. */
final class SchedulesTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final Clock clock = new Clock();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @TempDir private Path data = Path.of("");

  /** A clock that only a test moves. */
  private static final class Clock implements InstantSource {
    private volatile Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static App app(String cron, TickHandler handler) {
    return cloud -> cloud.schedule("tick").cron(cron).create().onTick(handler).timeout(Duration.ofSeconds(30));
  }

  private SimulatorBuilder options(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF)
        .log(new PrintStream(log, true, StandardCharsets.UTF_8))
        .ticks((id, tick, failure) -> told.add(
            id + " " + tick.scheduledTime() + failure.map(each -> " " + each.getMessage()).orElse("")));
  }

  private Simulator byHand(App app) {
    return options(app).ticksByHand().inMemory().start();
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Moves the clock, and lets come what is due. */
  private void at(Simulator simulator, String time) {
    clock.now = Instant.parse("2026-01-01T" + time + "Z");
    simulator.tick();
  }

  private static void idle(Simulator simulator) {
    while (!simulator.handlerLoad().isIdle()) Thread.onSpinWait();
  }

  @Test
  void ticksComeInOrderEachAtItsTime() throws Exception {
    try (Simulator simulator = byHand(cloud -> {
      cloud.schedule("a").rate(Duration.ofMinutes(2)).create().onTick(tick -> {});
      cloud.schedule("b").cron("* * * * ? *").create().onTick(tick -> {});
    })) {
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-01T12:01:00Z"));
      at(simulator, "12:00:59");
      assertThat(told).isEmpty();
      at(simulator, "12:01:00");
      assertThat(told()).isEqualTo("b 2026-01-01T12:01:00Z");
      at(simulator, "12:02:00");
      assertThat(List.of(told(), told()))
          .containsExactlyInAnyOrder("a 2026-01-01T12:02:00Z", "b 2026-01-01T12:02:00Z");
      assertThat(simulator.nextTicks()).isEqualTo(
          Map.of("a", Instant.parse("2026-01-01T12:04:00Z"), "b", Instant.parse("2026-01-01T12:03:00Z")));
    }
  }

  @Test
  void aFailureIsTriedAgainAsByLambdaAndStopsNothing() throws Exception {
    try (Simulator simulator = byHand(app("0 * * * ? *", tick -> {
      throw new IllegalStateException("on purpose");
    }))) {
      at(simulator, "13:00:00");
      assertThat(told()).isEqualTo("tick 2026-01-01T13:00:00Z on purpose");
      idle(simulator);
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-01T13:01:00Z"));
      at(simulator, "13:01:00");
      assertThat(told()).isEqualTo("tick 2026-01-01T13:00:00Z on purpose");
      idle(simulator);
      at(simulator, "13:02:59");
      assertThat(told).isEmpty();
      at(simulator, "13:03:00");
      assertThat(told()).isEqualTo("tick 2026-01-01T13:00:00Z on purpose");
      idle(simulator);
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-01T14:00:00Z"));
      at(simulator, "14:00:00");
      assertThat(told()).isEqualTo("tick 2026-01-01T14:00:00Z on purpose");
    }
    assertThat(log()).contains(
        "SchedulesTest.java:",
        "handler tick for the tick of 2026-01-01T13:00:00Z failed (attempt 1, tried again in 1 min)",
        "(attempt 2, tried again in 2 min)",
        "(attempt 3, not tried again): java.lang.IllegalStateException: on purpose");
  }

  @Test
  void aTickThatWasHandledIsNotTooSlowAfterwards() throws Exception {
    AtomicReference<Simulator> running = new AtomicReference<>();
    SimulatorBuilder options = options(app("0 13 * * ? *", tick -> {})).ticksByHand().inMemory()
        .ticks((id, tick, failure) -> {
          at(requireNonNull(running.get()), "13:01:00");
          told.add(id + failure.map(each -> " " + each.getMessage()).orElse(""));
        });
    try (Simulator simulator = options.start()) {
      running.set(simulator);
      at(simulator, "13:00:00");
      assertThat(told()).isEqualTo("tick");
      idle(simulator);
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-02T13:00:00Z"));
      assertThat(told).isEmpty();
    }
  }

  @Test
  void anAttemptThatIsTooLateForLambdaIsDropped() throws Exception {
    try (Simulator simulator = byHand(app("0 13 * * ? *", tick -> {
      throw new IllegalStateException("on purpose");
    }))) {
      at(simulator, "13:00:00");
      told();
      idle(simulator);
      at(simulator, "19:00:01");
      assertThat(told).isEmpty();
      assertThat(log()).contains("is not tried again, as the tick is more than six hours old");
    }
  }

  @Test
  void aTickDoesNotWaitForTheOneBefore() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    try (Simulator simulator = byHand(app("* * * * ? *", tick -> {
      both.countDown();
      both.await();
    }))) {
      at(simulator, "12:01:00");
      clock.now = START.plusSeconds(89);
      at(simulator, "12:02:00");
      assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** EventBridge Scheduler invokes a function asynchronously, and Lambda runs as many as there are. */
  @Test
  void theTicksOfARateOverlapAndAnAttemptAfterAFailureWithThem() throws Exception {
    Set<String> running = new ConcurrentSkipListSet<>();
    CountDownLatch failed = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(4);
    CountDownLatch end = new CountDownLatch(1);
    App app = cloud -> cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(tick -> {
      running.add(tick.scheduledTime().toString().substring(11, 16));
      all.countDown();
      if (tick.scheduledTime().equals(START.plusSeconds(120)) && failed.getCount() == 1) {
        failed.countDown();
        throw new IOException("once");
      }
      end.await();
    }).timeout(Duration.ofMinutes(5));
    try (Simulator simulator = byHand(app)) {
      at(simulator, "12:01:00");
      at(simulator, "12:02:00");
      failed.await();
      assertThat(told()).isEqualTo("tick 2026-01-01T12:02:00Z once");
      at(simulator, "12:03:00");
      assertThat(all.await(20, TimeUnit.SECONDS)).as("the attempt of 12:02 comes again at 12:03").isTrue();
      assertThat(running).containsExactly("12:01", "12:02", "12:03");
      end.countDown();
      assertThat(List.of(told(), told(), told())).containsExactlyInAnyOrder(
          "tick 2026-01-01T12:01:00Z", "tick 2026-01-01T12:02:00Z", "tick 2026-01-01T12:03:00Z");
    }
  }

  @Test
  void aHandlerIsInterruptedAfterItsTimeoutAndTriedAgain() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (Simulator simulator = byHand(app("0 13 * * ? *", tick -> {
      running.countDown();
      new CountDownLatch(1).await();
    }))) {
      at(simulator, "13:00:00");
      running.await();
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-01T13:00:30Z"));
      at(simulator, "13:00:29");
      assertThat(told).isEmpty();
      at(simulator, "13:00:30");
      assertThat(told()).isEqualTo("tick 2026-01-01T13:00:00Z Task timed out after 30 seconds");
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-01T13:01:30Z"));
      idle(simulator);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aClockThatIsSetAheadDropsRecurringTicksAndSaysHowMany() throws Exception {
    try (Simulator simulator = byHand(app("* * * * ? *", tick -> {}))) {
      at(simulator, "20:00:30");
      assertThat(told()).isEqualTo("tick 2026-01-01T20:00:00Z");
      assertThat(told).isEmpty();
      assertThat(log()).contains(
          "schedule 'tick': 479 ticks were missed while the machine slept, or as its clock was set ahead, and"
              + " dropped\n");
      at(simulator, "19:58:30");
      at(simulator, "20:00:59");
      assertThat(told).as("a clock that is corrected repeats nothing").isEmpty();
      at(simulator, "20:01:00");
      assertThat(told()).isEqualTo("tick 2026-01-01T20:01:00Z");
    }
  }

  @Test
  void ofTicksThatWereMissedWhileItWasStoppedTheNumberIsKnown() throws Exception {
    App app = app("* * * * ? *", tick -> {});
    options(app).start().close();
    clock.now = START.plusSeconds(150);
    try (Simulator simulator = options(app).start()) {
      assertThat(simulator.nextTicks()).containsEntry("tick", START.plusSeconds(180));
    }
    assertThat(log())
        .contains("schedule 'tick': 2 ticks were missed while the app was stopped, and dropped\n");
    assertThat(told).isEmpty();
    options(app).start().close();
    assertThat(log().lines().filter(line -> line.contains("missed"))).hasSize(1);
  }

  @Test
  void aRateKeepsItsBeatOverAStopAndTicksAtOnceWhenItIsNew() throws Exception {
    App app = cloud -> cloud.schedule("tick").rate(Duration.ofMinutes(5)).create().onTick(tick -> {});
    try (Simulator _ = options(app).start()) {
      assertThat(told()).isEqualTo("tick 2026-01-01T12:00:00Z");
    }
    clock.now = START.plusSeconds(400);
    try (Simulator simulator = options(app).start()) {
      assertThat(simulator.nextTicks()).containsEntry("tick", START.plusSeconds(600));
    }
    try (Simulator _ = options(app).fresh(true).start()) {
      assertThat(told()).isEqualTo("tick 2026-01-01T12:06:40Z");
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aOneTimeTickThatWasMissedComesAtTheStartAndOnlyOnce() throws Exception {
    App app =
        cloud -> cloud.schedule("once").at(LocalDateTime.ofInstant(START.plusSeconds(60), ZoneOffset.UTC)).create()
            .onTick(tick -> {});
    options(app).start().close();
    assertThat(told).isEmpty();
    clock.now = START.plus(Duration.ofDays(3));
    for (int i = 0; i < 2; i++) {
      try (Simulator simulator = options(app).start()) {
        if (i == 0) assertThat(told()).isEqualTo("once 2026-01-01T12:01:00Z");
        assertThat(simulator.nextTicks()).isEmpty();
      }
    }
    assertThat(told).isEmpty();
    assertThat(log()).containsOnlyOnce("its tick was missed while the app was stopped, and comes now");
  }

  @Test
  void aOneTimeScheduleThatWasOverFromTheBeginningDoesNotTick() throws Exception {
    App app = cloud -> cloud.schedule("past").at(LocalDateTime.of(2020, 1, 1, 0, 0)).create().onTick(tick -> {});
    try (Simulator simulator = options(app).start()) {
      assertThat(simulator.nextTick()).isEmpty();
    }
    assertThat(log()).contains("SchedulesTest.java:", "schedule 'past' is over, and does not tick");
    assertThat(told).isEmpty();
  }

  @Test
  void aDamagedFileIsNamedAndTheAppRuns() throws Exception {
    App app = app("* * * * ? *", tick -> {});
    Files.writeString(data.resolve("schedules.json"), "{\"schedules\": 7}");
    options(app).start().close();
    assertThat(log()).contains("schedules.json cannot be read, so all schedules are new: ");
    log.reset();
    options(app).start().close();
    assertThat(log()).isEmpty();
  }

  @Test
  void closingNamesWhatHasNotFinished() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    Simulator simulator = byHand(cloud -> {
      cloud.schedule("stuck").cron("0 13 * * ? *").create().onTick(tick -> {
        running.countDown();
        new CountDownLatch(1).await();
      });
      cloud.schedule("waits").cron("0 13 * * ? *").create().onTick(tick -> {
        throw new IllegalStateException("on purpose");
      });
    });
    at(simulator, "13:00:00");
    running.await();
    told();
    assertThat(simulator.close(Duration.ofMillis(1))).containsExactly(
        "stuck for the tick of 2026-01-01T13:00:00Z",
        "waits for the tick of 2026-01-01T13:00:00Z, which waited for its next attempt");
  }

  @Test
  void itSaysWhenSchedulesTickNext() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Simulator simulator = byHand(app("30 12 * * ? *", tick -> {}))) {
      simulator.announce(new PrintStream(out, true, StandardCharsets.UTF_8));
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith(
        "schedule     'tick': cron(30 12 * * ? *) in UTC, next at 2026-01-01T12:30:00Z\n");
  }
}
