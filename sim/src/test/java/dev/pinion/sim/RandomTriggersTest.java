package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.tables.FullStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random programs of queues, tasks and table changes, whose handlers fail, hang and outlive their time, while the disk
 * is full at times, the clock is set, and programs replace each other. Whatever was accepted is handled or a dead
 * letter in the end, in the order of its group, and nothing is left.
 */
@Timeout(600)
final class RandomTriggersTest {
  private static final long SEED = Long.getLong("pinion.seed", 1);
  private static final int RUNS = Integer.getInteger("pinion.runs", 5);
  private static final int STEPS = 60;
  private static final List<String> KINDS =
      List.of("good", "good", "good", "good", "once", "twice", "bad", "hangs", Outcomes.OUTLIVES);

  /** One run of the simulator. */
  private static final class Trial implements InstantSource, AutoCloseable {
    final Random random;
    final FullStore disk = new FullStore();
    final Outcomes outcomes = new Outcomes();
    final CountDownLatch over = new CountDownLatch(1);
    final AtomicReference<Table> single = new AtomicReference<>();
    final AtomicReference<Table> batched = new AtomicReference<>();
    final AtomicReference<Task<String>> task = new AtomicReference<>();
    final AtomicReference<Task<String>> other = new AtomicReference<>();
    final List<AtomicReference<MessageQueue<String>>> queues = new ArrayList<>();
    volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    volatile boolean calm;
    Simulator simulator;
    private int number;

    Trial(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 4; i++) queues.add(new AtomicReference<>());
      PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      SimulatorBuilder options = Simulator.of(app(true)).inMemory().values(Map.of()).clock(this)
          .permissions(PermissionMode.OFF).ticksByHand().log(silent).tasks(outcomes.tasks()).queues(outcomes.queues())
          .changes(outcomes.changes());
      options.memory = disk::open;
      simulator = options.start();
    }

    @Override
    public Instant instant() {
      return now;
    }

    /** The same resources in each program, of which one queue is ordered in some and one task is in some. */
    App app(boolean all) {
      boolean ordered = random.nextBoolean();
      boolean both = all || random.nextInt(3) > 0;
      int size = 1 + random.nextInt(10);
      return cloud -> {
        queue(cloud, 0, 1, true);
        queue(cloud, 1, size, true);
        queue(cloud, 2, size, false);
        queue(cloud, 3, size, ordered);
        table(cloud, "single", single, 1);
        table(cloud, "batched", batched, 10);
        task.set(cloud.task("task", String.class).create());
        task.get().onStart(text -> handle("task", text)).timeout(Duration.ofSeconds(10));
        if (!both) return;
        other.set(cloud.task("other", String.class).maximumRetryAttempts(1).create());
        other.get().onStart(text -> handle("other", text)).timeout(Duration.ofSeconds(10));
      };
    }

    private void queue(Cloud cloud, int index, int size, boolean ordered) {
      var builder = cloud.queue("q" + index, String.class).batchSize(size).maxReceives(4);
      queues.get(index).set((ordered ? builder.orderedBy(Outcomes::group) : builder).create());
      queues.get(index).get().onMessage(text -> handle("q" + index, text)).timeout(Duration.ofSeconds(10));
    }

    private void table(Cloud cloud, String id, AtomicReference<Table> made, int size) {
      var builder = cloud.table(id).hashKey("id", AttributeType.STRING).changeBatchSize(size);
      if (size > 1) builder.changeBatchingWindow(Duration.ofSeconds(2));
      made.set(builder.create());
      made.get().onChange(change -> handle(id, change.newItem().orElseThrow().string("text")))
          .timeout(Duration.ofSeconds(10));
    }

    private void handle(String resource, String text) throws Exception {
      int attempt = outcomes.begins(resource, text);
      boolean returned = false;
      try {
        handle(Outcomes.kind(text), attempt);
        returned = true;
      } finally {
        outcomes.ends(resource, text, returned);
      }
    }

    private void handle(String kind, int attempt) throws Exception {
      if (kind.equals("bad") || (kind.equals("once") && attempt == 1) || (kind.equals("twice") && attempt <= 2)) {
        throw new IOException(kind);
      }
      if (calm || attempt > 1) return;
      if (kind.equals("hangs")) over.await();
      if (kind.equals(Outcomes.OUTLIVES)) awaitWhateverHappens();
    }

    private void awaitWhateverHappens() {
      for (boolean waits = true; waits;) {
        try {
          over.await();
          waits = false;
        } catch (InterruptedException _) {
          // it goes on
        }
      }
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0 -> disk.full(true);
        case 1, 2 -> disk.full(false);
        case 3 -> disk.fullAfter(random.nextInt(10));
        case 4 -> now = now.plusMillis(random.nextInt(20_000));
        case 5 -> now = now.plusSeconds(random.nextInt(120));
        case 6 -> {
          if (random.nextInt(4) == 0) now = now.minusSeconds(random.nextInt(100_000));
        }
        case 7 -> {
          if (random.nextInt(3) == 0) assertThat(simulator.reload(app(false))).isInstanceOf(Reloaded.Applied.class);
        }
        default -> send();
      }
      simulator.tick();
    }

    private void send() {
      for (int count = 1 + random.nextInt(30); count > 0; count--) {
        String text = "g" + random.nextInt(4) + " " + ++number + " " + KINDS.get(random.nextInt(KINDS.size()));
        int which = random.nextInt(8);
        String resource = which < 4 ? "q" + which : List.of("single", "batched", "task", "other").get(which - 4);
        outcomes.sends(resource, text);
        try {
          send(which, text);
          outcomes.accepted(resource, text);
        } catch (ServiceUnavailableException _) {
          outcomes.refused(resource, text);
        }
      }
    }

    private void send(int which, String text) {
      switch (which) {
        case 4 -> single.get().putItem(Item.of("id", Outcomes.group(text), "text", text));
        case 5 -> batched.get().putItem(Item.of("id", Outcomes.group(text), "text", text));
        case 6 -> task.get().start(text);
        case 7 -> other.get().startIn(Duration.ofSeconds(1 + random.nextInt(30)), text);
        default -> {
          if (which == 2 && random.nextBoolean()) queues.get(2).get().sendIn(Duration.ofSeconds(5), text);
          else queues.get(which).get().send(text);
        }
      }
    }

    /** All faults end. */
    void settle() {
      disk.full(false);
      calm = true;
      over.countDown();
      assertThat(simulator.reload(app(true))).isInstanceOf(Reloaded.Applied.class);
      for (int i = 0; i < 100 && !outcomes.isSettled(simulator); i++) {
        now = now.plusSeconds(61);
        simulator.tick();
        idle(simulator);
      }
    }

    @Override
    public void close() {
      over.countDown();
      simulator.close();
    }
  }

  @Test
  void everythingIsHandledInOrderOrADeadLetter() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      try (Trial trial = new Trial(seed)) {
        for (int i = 0; i < STEPS; i++) trial.step();
        trial.settle();
        assertThat(trial.outcomes.problems(trial.simulator)).as("seed %s", seed).isEmpty();
      }
    }
  }
}
