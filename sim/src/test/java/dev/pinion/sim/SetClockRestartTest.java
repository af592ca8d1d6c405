package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.Table;
import dev.pinion.Task;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The clock is set back while the app is stopped. */
@Timeout(60)
final class SetClockRestartTest {
  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final AtomicReference<Task<String>> task = new AtomicReference<>();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();
  private final AtomicReference<MessageQueue<String>> ordered = new AtomicReference<>();
  private final AtomicReference<Table> table = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  /** Starts an app whose queues have handlers, or one in which their messages wait. */
  private Simulator start(boolean handled) {
    App app = cloud -> {
      task.set(cloud.task("work", String.class).create());
      task.get().onStart(begun::add);
      queue.set(cloud.queue("jobs", String.class).create());
      ordered.set(
          cloud.queue("ordered", String.class).orderedBy(_ -> "all").deduplicatedBy(text -> text).create());
      table.set(
          cloud.table("rows").hashKey("id", AttributeType.STRING).changeBatchSize(10)
              .changeBatchingWindow(Duration.ofSeconds(3)).create());
      table.get().onChange(change -> begun.add(change.newItem().orElseThrow().string("id")));
      if (!handled) return;
      queue.get().onMessage(begun::add);
      ordered.get().onMessage(begun::add);
    };
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(silent).start();
  }

  private String begun() throws InterruptedException {
    return String.valueOf(begun.poll(20, TimeUnit.SECONDS));
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    clock.advance(time);
    simulator.tick();
    idle(simulator);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 400_000})
  void whatIsDueComesAtOnceAndWhatWaitsAsLongAsItWouldHave(int hours) throws Exception {
    String sent;
    try (Simulator simulator = start(false)) {
      queue.get().send("message");
      sent = ordered.get().send("first");
      queue.get().sendIn(Duration.ofSeconds(5), "later");
      task.get().startIn(Duration.ofSeconds(5), "later start");
      table.get().putItem(Item.of("id", "change"));
      advance(simulator, Duration.ofSeconds(2));
    }
    clock.advance(Duration.ofHours(-hours));
    try (Simulator simulator = start(true)) {
      assertThat(ordered.get().send("first")).as("still remembered").isEqualTo(sent);
      ordered.get().send("second");
      idle(simulator);
      assertThat(begun).containsSubsequence("first", "second").containsExactlyInAnyOrder("message", "first", "second");
      begun.clear();
      advance(simulator, Duration.ofMillis(999));
      assertThat(begun).isEmpty();
      advance(simulator, Duration.ofMillis(1));
      assertThat(begun()).isEqualTo("change");
      advance(simulator, Duration.ofMillis(1_999));
      assertThat(begun).isEmpty();
      assertThat(simulator.nextAttempts()).containsValue(clock.instant().plusMillis(1));
      advance(simulator, Duration.ofMillis(1));
      assertThat(begun).containsExactlyInAnyOrder("later", "later start");
      advance(simulator, Duration.ofMinutes(5));
      assertThat(ordered.get().send("first")).as("remembered for five minutes").isNotEqualTo(sent);
    }
  }

  /** A clock that was wrong by years leaves nothing behind once it is right. */
  @Test
  void afterwardsTimesAreThoseOfTheClock() throws Exception {
    clock.advance(Duration.ofDays(20_000));
    try (Simulator simulator = start(true)) {
      queue.get().send("then");
      assertThat(begun()).isEqualTo("then");
      advance(simulator, Duration.ofDays(-20_000));
      queue.get().send("still then");
      assertThat(begun()).isEqualTo("still then");
    }
    try (Simulator simulator = start(true)) {
      task.get().startIn(Duration.ofSeconds(5), "now");
      assertThat(simulator.nextAttempts()).isEqualTo(Map.of("work", clock.instant().plusSeconds(5)));
    }
    clock.advance(Duration.ofSeconds(5));
    try (Simulator _ = start(true)) {
      assertThat(begun()).isEqualTo("now");
    }
  }
}
