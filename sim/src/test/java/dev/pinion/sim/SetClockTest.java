package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.Table;
import dev.pinion.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The clock is set while attempts wait for their time. */
@Timeout(60)
final class SetClockTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final AtomicReference<Task<String>> task = new AtomicReference<>();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();
  private final AtomicReference<Table> table = new AtomicReference<>();

  private void handle(String what) throws Exception {
    begun.add(what);
    if (what.contains("hangs")) new CountDownLatch(1).await();
    throw new IOException("always");
  }

  private Simulator start() {
    App app = cloud -> {
      task.set(cloud.task("work", String.class).create());
      task.get().onStart(this::handle).timeout(Duration.ofSeconds(10));
      queue.set(cloud.queue("jobs", String.class).create());
      queue.get().onMessage(this::handle).timeout(Duration.ofSeconds(10));
      table.set(cloud.table("rows").hashKey("id", AttributeType.STRING).create());
      table.get().onChange(change -> handle(change.newItem().orElseThrow().string("id")))
          .timeout(Duration.ofSeconds(10));
      cloud.schedule("tick").rate(Duration.ofDays(300)).create().onTick(_ -> handle("tick"));
    };
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return Simulator.of(app).inMemory().values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(silent).start();
  }

  private String begun() throws InterruptedException {
    return String.valueOf(begun.poll(20, TimeUnit.SECONDS));
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    clock.advance(time);
    simulator.tick();
  }

  @Test
  void backAndAttemptsComeWhenTheyWouldHave() throws Exception {
    try (Simulator simulator = start()) {
      simulator.tick(simulator.model().schedules().getFirst());
      assertThat(begun()).isEqualTo("tick");
      task.get().start("start");
      assertThat(begun()).isEqualTo("start");
      queue.get().send("message");
      assertThat(begun()).isEqualTo("message");
      table.get().putItem(Item.of("id", "change"));
      assertThat(begun()).isEqualTo("change");
      advance(simulator, DAY.negated());
      advance(simulator, Duration.ofSeconds(1));
      assertThat(begun()).isEqualTo("change");
      advance(simulator, Duration.ofSeconds(59));
      for (int i = 0; i < 3; i++) assertThat(begun()).isIn("tick", "start", "message", "change");
    }
  }

  @Test
  void backAndHandlersAreInterruptedWhenTheyWouldHaveBeen() throws Exception {
    try (Simulator simulator = start()) {
      task.get().start("hangs");
      assertThat(begun()).isEqualTo("hangs");
      clock.advance(DAY.negated());
      simulator.tick();
      clock.advance(Duration.ofSeconds(10));
      simulator.tick();
      advance(simulator, Duration.ofMinutes(1));
      assertThat(begun()).isEqualTo("hangs");
    }
  }

  /** The time of a change is the clock's, and so must be what its age is measured by. */
  @Test
  void aheadForAMomentAndLaterChangesAreNotOld() throws Exception {
    try (Simulator simulator = start()) {
      advance(simulator, DAY.multipliedBy(2));
      advance(simulator, DAY.multipliedBy(-2));
      table.get().putItem(Item.of("id", "change"));
      assertThat(begun()).isEqualTo("change");
    }
  }
}
