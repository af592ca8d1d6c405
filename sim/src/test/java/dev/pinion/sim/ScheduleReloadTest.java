package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.TickHandler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Schedules go on when another program replaces the one that runs. */
@Timeout(60)
final class ScheduleReloadTest {
  private final BlockingQueue<String> called = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

  private static App app(String cron, TickHandler handler) {
    return cloud -> cloud.schedule("tick").cron(cron).create().onTick(handler);
  }

  private TickHandler says(String text) {
    return tick -> called.add(text + " " + tick.scheduledTime());
  }

  private Simulator start(App app) {
    return Simulator.of(app).inMemory().data(Path.of("")).values(Map.of()).clock(() -> now)
        .permissions(PermissionMode.OFF).log(new PrintStream(log, true, StandardCharsets.UTF_8)).ticksByHand()
        .ticks((_, tick, failure) -> ended.add(tick.scheduledTime() + (failure.isPresent() ? " failed" : "")))
        .start();
  }

  private void at(Simulator simulator, String time) {
    now = Instant.parse("2026-01-01T" + time + "Z");
    simulator.tick();
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return String.valueOf(queue.poll(20, TimeUnit.SECONDS));
  }

  private static List<String> changes(Reloaded reloaded) {
    return ((Reloaded.Applied) reloaded).changes();
  }

  @Test
  void theSameScheduleTicksWhenItWouldHaveAndCallsTheNewHandler() throws Exception {
    try (Simulator simulator = start(app("0/5 * * * ? *", says("old")))) {
      at(simulator, "12:05:00");
      assertThat(next(called)).isEqualTo("old 2026-01-01T12:05:00Z");
      now = Instant.parse("2026-01-01T12:07:00Z");
      assertThat(changes(simulator.reload(app("0/5 * * * ? *", says("new"))))).isEmpty();
      assertThat(simulator.nextTicks()).containsOnly(Map.entry("tick", Instant.parse("2026-01-01T12:10:00Z")));
      at(simulator, "12:10:00");
      assertThat(next(called)).isEqualTo("new 2026-01-01T12:10:00Z");
    }
  }

  @Test
  void anotherExpressionCountsFromNow() throws Exception {
    try (Simulator simulator = start(app("0/5 * * * ? *", says("old")))) {
      assertThat(changes(simulator.reload(app("0/3 * * * ? *", says("new"))))).singleElement().asString()
          .startsWith("schedule 'tick': its expression is now cron(0/3 * * * ? *)");
      at(simulator, "12:03:00");
      assertThat(next(called)).isEqualTo("new 2026-01-01T12:03:00Z");
    }
  }

  @Test
  void aTickThatFailedIsTriedAgainInTheNewProgram() throws Exception {
    App failing = app("0/5 * * * ? *", _ -> {
      throw new IllegalStateException("not yet");
    });
    try (Simulator simulator = start(failing)) {
      at(simulator, "12:05:00");
      assertThat(next(ended)).isEqualTo("2026-01-01T12:05:00Z failed");
      simulator.reload(app("0/5 * * * ? *", says("new")));
      at(simulator, "12:06:00");
      assertThat(next(called)).isEqualTo("new 2026-01-01T12:05:00Z");
    }
  }

  @Test
  void aHandlerThatRunsEndsInTheOldProgramAndIsNamed() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    App waiting = app("0/5 * * * ? *", tick -> {
      called.add("begins");
      goOn.await();
      called.add("ends " + tick.scheduledTime());
    });
    try (Simulator simulator = start(waiting)) {
      at(simulator, "12:05:00");
      assertThat(next(called)).isEqualTo("begins");
      simulator.reload(app("0/5 * * * ? *", says("new")));
      assertThat(simulator.status().retired()).singleElement().asString()
          .startsWith("an earlier program: handler tick for the tick of 2026-01-01T12:05:00Z runs, at ");
      goOn.countDown();
      assertThat(next(called)).isEqualTo("ends 2026-01-01T12:05:00Z");
    }
  }

  @Test
  void whatIsNoLongerDeclaredTicksNoMoreAndIsNotTriedAgain() throws Exception {
    App failing = app("0/5 * * * ? *", _ -> {
      throw new IllegalStateException("not yet");
    });
    try (Simulator simulator = start(failing)) {
      at(simulator, "12:05:00");
      assertThat(next(ended)).isEqualTo("2026-01-01T12:05:00Z failed");
      App other = cloud -> cloud.schedule("tock").cron("0/5 * * * ? *").create().onTick(says("tock"));
      assertThat(changes(simulator.reload(other))).containsExactly(
          "schedule 'tock' was added", "schedule 'tick' was removed");
      at(simulator, "12:10:00");
      assertThat(next(called)).isEqualTo("tock 2026-01-01T12:10:00Z");
      assertThat(log.toString(StandardCharsets.UTF_8)).contains(
          "handler tick for the tick of 2026-01-01T12:05:00Z is not tried again, as the program no longer declares it");
      assertThat(called).isEmpty();
    }
  }
}
