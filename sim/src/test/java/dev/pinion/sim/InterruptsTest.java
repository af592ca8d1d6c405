package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Interrupts that handlers leave behind, and handlers that go on when they are interrupted as their time is over. */
@Timeout(60)
final class InterruptsTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();
  private final AtomicReference<Table> table = new AtomicReference<>();

  /** What handles some texts together, in their order. */
  enum Batches {
    STANDARD, FIFO, CHANGES
  }

  private interface Handler {
    void handle(String text) throws Exception;
  }

  private App messages(boolean ordered, Handler handler) {
    return cloud -> {
      var builder = cloud.queue("jobs", String.class).batchSize(3);
      queue.set((ordered ? builder.orderedBy(_ -> "all") : builder.batchingWindow(WINDOW)).create());
      queue.get().onMessage(handler::handle).timeout(TIMEOUT);
    };
  }

  private App changes(Duration window, Handler handler) {
    return cloud -> {
      var builder = cloud.table("rows").hashKey("id", AttributeType.STRING);
      table.set((window.isZero() ? builder : builder.changeBatchSize(3).changeBatchingWindow(window)).create());
      table.get().onChange(change -> handler.handle(change.newItem().orElseThrow().string("text"))).timeout(TIMEOUT);
    };
  }

  private App app(Batches batches, Handler handler) {
    return batches == Batches.CHANGES ? changes(WINDOW, handler) : messages(batches == Batches.FIFO, handler);
  }

  private void give(Batches batches, String text) {
    if (batches == Batches.CHANGES) table.get().putItem(Item.of("id", text, "text", text));
    else queue.get().send(text);
  }

  private Simulator start(App app) {
    return Simulator.of(app).inMemory().values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).start();
  }

  private void advance(Simulator simulator, Duration time) {
    clock.advance(time);
    simulator.tick();
  }

  /** Waits until the handlers have been called so often. */
  private void called(int times) {
    while (told.size() < times) Thread.onSpinWait();
  }

  /** Waits until nothing goes on by itself. */
  private static void settle(Simulator simulator) {
    while (!simulator.handlerLoad().isIdle() && !simulator.handlerLoad().isBlocked()) Thread.onSpinWait();
  }

  /** Waits as only the end of the process would end it. */
  private static void linger(CountDownLatch until) {
    boolean ended = false;
    while (!ended) {
      try {
        until.await();
        ended = true;
      } catch (InterruptedException e) {
        // it lingers on
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptThatAHandlerLeavesBehindDoesNotReachTheNextItem(Batches batches) {
    CountDownLatch given = new CountDownLatch(1);
    try (Simulator simulator = start(app(batches, text -> {
      told.add(text + (Thread.currentThread().isInterrupted() ? " interrupted" : ""));
      given.await(); // fails if it is interrupted
      Thread.currentThread().interrupt();
      if (text.equals("failing") && told.size() < 4) throw new IllegalStateException("once");
    }))) {
      List<String> texts = batches == Batches.FIFO ? List.of("a", "b", "c") : List.of("a", "failing", "c");
      texts.forEach(each -> give(batches, each));
      given.countDown();
      idle(simulator);
      advance(simulator, WINDOW);
      idle(simulator);
      assertThat(told).containsExactlyElementsOf(texts);
      told.add("later");
      for (int i = 0; i < 5; i++) {
        advance(simulator, Duration.ofMinutes(1));
        idle(simulator);
      }
      List<String> all = new ArrayList<>(texts);
      all.add("later");
      if (batches != Batches.FIFO) all.add("failing");
      assertThat(told).as("what has succeeded does not come again").containsExactlyElementsOf(all);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBatchWhoseTimeIsOverDoesNotGoOnAfterAHandlerThatReturnsAllTheSame(Batches batches) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (Simulator simulator = start(app(batches, text -> {
      told.add(text);
      if (running.getCount() == 0 || !text.equals("a")) return;
      try {
        running.countDown();
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        told.add("interrupted");
      }
    }))) {
      List.of("a", "b", "c").forEach(each -> give(batches, each));
      if (batches != Batches.FIFO) advance(simulator, WINDOW);
      running.await();
      advance(simulator, TIMEOUT);
      idle(simulator);
      for (int i = 0; i < 5; i++) {
        advance(simulator, Duration.ofMinutes(1));
        idle(simulator);
      }
      List<String> all = new ArrayList<>(told);
      int interrupted = all.indexOf("interrupted");
      assertThat(all.subList(interrupted + 1, all.size())).containsExactly("a", "b", "c");
      assertThat(all.subList(0, interrupted)).last().isEqualTo("a");
    }
  }

  @Test
  void aDividedBatchGoesOnWhenItsInterruptedHandlerHasEnded() {
    CountDownLatch end = new CountDownLatch(1);
    try (Simulator simulator = start(changes(WINDOW, text -> {
      told.add(text);
      if (text.equals("2") && end.getCount() > 0) {
        linger(end);
        told.add("2 ends");
      }
    }))) {
      for (int i = 1; i <= 3; i++) table.get().putItem(Item.of("id", "a", "text", "" + i));
      advance(simulator, WINDOW);
      called(2);
      advance(simulator, TIMEOUT);
      settle(simulator);
      assertThat(told).containsExactly("1", "2");
      end.countDown();
      idle(simulator);
      assertThat(told).containsExactly("1", "2", "2 ends", "1", "2", "3");
      assertThat(log.toString(UTF_8)).contains("they are tried again as two batches").doesNotContain("still runs");
    }
  }

  @Test
  void theNextChangeOfARowWaitsForTheInterruptedHandlerOfADeadLetter() {
    CountDownLatch end = new CountDownLatch(1);
    try (Simulator simulator = start(changes(Duration.ZERO, text -> {
      told.add(text);
      if (!text.equals("1")) return;
      linger(end);
      told.add("1 ends");
      throw new IllegalStateException("too late");
    }))) {
      table.get().putItem(Item.of("id", "a", "text", "1"));
      table.get().putItem(Item.of("id", "a", "text", "2"));
      called(1);
      for (int i = 1; i <= 4; i++) {
        advance(simulator, TIMEOUT);
        advance(simulator, Duration.ofSeconds(1));
        advance(simulator, Duration.ofSeconds(8));
        called(i + 1);
      }
      assertThat(told).containsExactly("1", "1", "1", "1", "1");
      advance(simulator, TIMEOUT);
      settle(simulator);
      assertThat(told).containsExactly("1", "1", "1", "1", "1");
      end.countDown();
      idle(simulator);
      assertThat(told).endsWith("1 ends", "2");
      assertThat(simulator.deadLetters(simulator.model().tables().getFirst())).singleElement()
          .extracting(DeadLetter::error).asString().contains("HandlerTimeoutException");
    }
  }

  @Test
  void aHandlerThatDoesNotEndIsWaitedForOneSecond() {
    CountDownLatch end = new CountDownLatch(1);
    try (Simulator simulator = start(changes(WINDOW, text -> {
      told.add(text);
      if (text.equals("2") && told.size() == 2) linger(end);
    }))) {
      for (int i = 1; i <= 3; i++) table.get().putItem(Item.of("id", "a", "text", "" + i));
      advance(simulator, WINDOW);
      called(2);
      advance(simulator, TIMEOUT);
      settle(simulator);
      assertThat(told).containsExactly("1", "2");
      assertThat(simulator.nextTick()).contains(clock.instant().plusSeconds(1));
      advance(simulator, Duration.ofMillis(999));
      settle(simulator);
      assertThat(told).containsExactly("1", "2");
      advance(simulator, Duration.ofMillis(1));
      idle(simulator);
      assertThat(told).containsExactly("1", "2", "1", "2", "3");
      assertThat(log.toString(UTF_8)).contains("handler rows/changes for 3 changes was interrupted, but it still runs");
      end.countDown();
    }
  }

  @Test
  void aHandlerThatIsWaitedForIsNamedWhenTheRunEnds() {
    CountDownLatch end = new CountDownLatch(1);
    Simulator simulator = start(changes(Duration.ZERO, text -> {
      told.add(text);
      linger(end);
    }));
    table.get().putItem(Item.of("id", "a", "text", "1"));
    called(1);
    advance(simulator, TIMEOUT);
    assertThat(simulator.close(Duration.ZERO)).singleElement().asString().startsWith("rows/changes for the INSERT");
    end.countDown();
    assertThat(told).containsExactly("1");
    assertThat(log.toString(UTF_8)).doesNotContain("failed");
  }
}
