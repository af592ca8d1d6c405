package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.ChangeHandler;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** When batches of messages and of changes begin, and what becomes of one that fails as a whole. */
@Timeout(60)
final class BatchingTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();
  private final AtomicReference<Table> table = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  private Simulator start(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).start();
  }

  private App messages(int size) {
    return cloud -> {
      MessageQueue<String> made =
          cloud.queue("jobs", String.class).batchSize(size).batchingWindow(WINDOW).create();
      made.onMessage(told::add);
      queue.set(made);
    };
  }

  private App changes(int size, ChangeHandler handler) {
    return cloud -> {
      Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).changeBatchSize(size)
          .changeBatchingWindow(WINDOW).create();
      rows.onChange(handler).timeout(Duration.ofSeconds(10));
      table.set(rows);
    };
  }

  private void put(String id, int n) {
    table.get().putItem(Item.of("id", id, "n", n));
  }

  private static String id(dev.pinion.TableChange change) {
    return change.key().attributes().string("id");
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private List<String> allTold(Simulator simulator) {
    idle(simulator);
    List<String> all = new ArrayList<>();
    told.drainTo(all);
    return all;
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    clock.advance(time);
    simulator.tick();
  }

  @Test
  void messagesWaitForTheWindowOfTheFirst() {
    try (Simulator simulator = start(messages(100))) {
      queue.get().send("1");
      advance(simulator, Duration.ofSeconds(4));
      queue.get().send("2");
      assertThat(simulator.nextTick()).contains(clock.instant().plusSeconds(6));
      advance(simulator, Duration.ofMillis(5_999));
      assertThat(allTold(simulator)).isEmpty();
      advance(simulator, Duration.ofMillis(1));
      assertThat(allTold(simulator)).containsExactly("1", "2");
      queue.get().send("3");
      assertThat(allTold(simulator)).as("a window of its own").isEmpty();
      advance(simulator, WINDOW);
      assertThat(allTold(simulator)).containsExactly("3");
    }
  }

  @Test
  void aFullBatchDoesNotWait() {
    try (Simulator simulator = start(messages(3))) {
      for (int i = 1; i <= 7; i++) queue.get().send("" + i);
      assertThat(allTold(simulator)).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
      advance(simulator, WINDOW);
      assertThat(allTold(simulator)).containsExactly("7");
    }
  }

  @Test
  void aBatchIsFullWhenItsMessagesAreDueOrHaveTheBytesOfAnEvent() {
    try (Simulator simulator = start(messages(10_000))) {
      String large = "x".repeat(1 << 20);
      for (int i = 0; i < 5; i++) queue.get().send(large);
      assertThat(allTold(simulator)).isEmpty();
      queue.get().send(large);
      assertThat(allTold(simulator)).hasSizeBetween(5, 6);
    }
    try (Simulator simulator = start(messages(2))) {
      allTold(simulator);
      advance(simulator, WINDOW);
      allTold(simulator);
      queue.get().sendIn(Duration.ofSeconds(5), "1");
      queue.get().sendIn(Duration.ofSeconds(7), "2");
      assertThat(simulator.nextTick()).contains(clock.instant().plusSeconds(7));
      advance(simulator, Duration.ofSeconds(7));
      assertThat(allTold(simulator)).containsExactly("1", "2");
    }
  }

  @Test
  void changesWaitForTheWindowAndThoseOfARowThatHasFailedForItsNextAttempt() {
    List<String> failing = new ArrayList<>(List.of("a1"));
    try (Simulator simulator = start(changes(100, change -> {
      String text = id(change) + change.newItem().orElseThrow().number("n");
      told.add(text);
      if (failing.remove(text)) throw new IOException("not yet");
    }))) {
      put("a", 1);
      put("b", 1);
      put("a", 2);
      put("b", 2);
      assertThat(allTold(simulator)).isEmpty();
      assertThat(simulator.nextTick()).contains(clock.instant().plus(WINDOW));
      advance(simulator, WINDOW);
      assertThat(allTold(simulator)).containsExactly("a1", "b1", "b2");
      advance(simulator, WINDOW.plusSeconds(1));
      assertThat(allTold(simulator)).containsExactly("a1", "a2");
    }
    assertThat(log.toString(UTF_8)).contains(
        "handler rows/changes for the INSERT of", "(attempt 1, tried again in 1 s)");
  }

  @Test
  void whatWasNotTriedDoesNotCountAsAnAttempt() {
    try (Simulator simulator = start(changes(2, change -> {
      told.add(id(change) + change.newItem().orElseThrow().number("n"));
      throw new IOException("always");
    }))) {
      put("a", 1);
      put("a", 2);
      for (int i = 0; i < 20; i++) advance(simulator, Duration.ofMinutes(1));
      assertThat(allTold(simulator)).containsExactly("a1", "a1", "a1", "a1", "a1", "a2", "a2", "a2", "a2", "a2");
      assertThat(simulator.deadLetters(simulator.model().tables().getFirst())).extracting(DeadLetter::attempts)
          .containsExactly(5, 5);
    }
  }

  @Test
  void aBatchThatRunsOutOfTimeIsDividedUntilItsSlowChangeIsAlone() throws Exception {
    try (Simulator simulator = start(changes(3, change -> {
      told.add(id(change));
      if (id(change).equals("slow")) new CountDownLatch(1).await();
    }))) {
      put("a", 1);
      put("slow", 1);
      put("c", 1);
      for (int i = 0; i < 3; i++) {
        assertThat(told()).isEqualTo("a");
        assertThat(told()).isEqualTo("slow");
        clock.advance(Duration.ofSeconds(10));
        simulator.tick();
      }
      assertThat(told()).isEqualTo("c");
      idle(simulator);
      assertThat(told).isEmpty();
    }
    assertThat(log.toString(UTF_8)).contains("rows/changes for 3 changes failed (they are tried again as two batches",
        "rows/changes for the INSERT of", "(attempt 1, tried again in 1 s)");
  }

  @Test
  void theSecondHalfOfADividedBatchHasNoChangeOfARowThatHasFailedInTheFirst() throws Exception {
    List<String> hanging = new ArrayList<>(List.of("slow1"));
    List<String> failing = new ArrayList<>(List.of("a1"));
    try (Simulator simulator = start(changes(4, change -> {
      String text = id(change) + change.newItem().orElseThrow().number("n");
      told.add(text);
      if (hanging.remove(text)) new CountDownLatch(1).await();
      if (hanging.isEmpty() && failing.remove(text)) throw new IOException("not yet");
    }))) {
      for (int i = 1; i <= 3; i++) put("a", i);
      put("slow", 1);
      assertThat(List.of(told(), told(), told(), told())).containsExactly("a1", "a2", "a3", "slow1");
      clock.advance(Duration.ofSeconds(10));
      simulator.tick();
      assertThat(List.of(told(), told())).containsExactly("a1", "slow1");
      advance(simulator, WINDOW.plusSeconds(1));
      assertThat(allTold(simulator)).containsExactly("a1", "a2", "a3");
      assertThat(simulator.deadLetters(simulator.model().tables().getFirst())).isEmpty();
    }
  }
}
