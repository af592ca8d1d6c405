package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.MessageQueue;
import dev.pinion.QueueBuilder;
import dev.pinion.QueueHandler;
import dev.pinion.spi.QueueModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of messages that fail, are cut off, are too old or loop, and what is left after a stop or a reload. */
@Timeout(60)
final class QueuesTest {
  private static final Duration VISIBILITY = Duration.ofSeconds(60);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  private App app(QueueHandler<String> handler) {
    return app(handler, options -> options);
  }

  private App app(QueueHandler<String> handler, UnaryOperator<QueueBuilder<String>> options) {
    return cloud -> {
      MessageQueue<String> made = options.apply(cloud.queue("jobs", String.class)).create();
      made.onMessage(handler).timeout(Duration.ofSeconds(10));
      queue.set(made);
    };
  }

  private SimulatorBuilder options(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).queues(new QueueListener() {
          @Override
          public void handled(String id, String body, int receives, Optional<Throwable> failure) {
            told.add(body + " " + receives + failure.map(each -> " " + each.getMessage()).orElse(""));
          }

          @Override
          public void dead(String id, String body) {
            told.add(body + " is dead");
          }
        });
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    now.updateAndGet(each -> each.plus(time));
    simulator.tick();
    idle(simulator);
  }

  private static QueueModel model(Simulator simulator) {
    return simulator.model().queues().getFirst();
  }

  @Test
  void aHandlerThatFailsAlwaysEndsInTheDeadLettersOnceWithItsError() throws Exception {
    try (Simulator simulator = options(app(_ -> {
      throw new IOException("always");
    }, each -> each.maxReceives(2))).start()) {
      queue.get().send("a");
      for (int i = 0; i < 5; i++) advance(simulator, VISIBILITY);
      assertThat(simulator.deadLetters(model(simulator))).singleElement().satisfies(each -> {
        assertThat(each.body()).isEqualTo("a");
        assertThat(each.attempts()).isEqualTo(2);
        assertThat(each.error()).contains("received 2 times", "java.io.IOException: always");
        assertThat(each.at()).isEqualTo(Instant.parse("2026-01-01T12:02:00Z"));
      });
      assertThat(simulator.messages(model(simulator))).isEmpty();
    }
    assertThat(List.of(told(), told(), told())).containsExactly("a 1 always", "a 2 always", "a is dead");
    assertThat(told).isEmpty();
    assertThat(log.toString(UTF_8)).contains(
        "QueuesTest.java:", "handler jobs failed for message ",
        "(receive 1, visible again after 60 s): java.io.IOException: always",
        "It is in the dead letters");
    try (Simulator again = options(app(_ -> {})).start()) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      again.announce(new PrintStream(said, true, UTF_8));
      assertThat(said.toString(UTF_8)).contains("queue        'jobs': 0 messages, 1 dead letter\n");
    }
  }

  @Test
  void whatWasSentOrHandledDuringAStopComesAgain() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (Simulator simulator = options(app(_ -> {
      running.countDown();
      new CountDownLatch(1).await();
    })).start()) {
      queue.get().send("cut off");
      running.await();
      queue.get().sendIn(Duration.ofMinutes(15), "delayed");
      assertThat(simulator.close(Duration.ZERO)).singleElement().asString().startsWith("jobs for message ");
    }
    try (Simulator simulator = options(app(_ -> {})).start()) {
      assertThat(told()).isEqualTo("cut off 2");
      advance(simulator, Duration.ofMinutes(15));
      assertThat(told()).isEqualTo("delayed 1");
      assertThat(simulator.messages(model(simulator))).isEmpty();
    }
  }

  @Test
  void aTimeoutIsAFailureAndTheHandlerIsInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (Simulator simulator = options(app(_ -> {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    })).start()) {
      queue.get().send("slow");
      begun.await();
      now.updateAndGet(each -> each.plusSeconds(10));
      simulator.tick();
      interrupted.await();
      assertThat(told()).startsWith("slow 1 ").contains("10 s");
      idle(simulator);
      assertThat(simulator.nextTick()).contains(Instant.parse("2026-01-01T12:01:00Z"));
      assertThat(simulator.messages(model(simulator))).containsExactly("slow");
    }
  }

  /** A handler that does not end when its time is over, as it does in a function, runs beside the next delivery. */
  @Test
  void whatOutlastsTheVisibilityTimeoutComesAgainAndItsLateEndDeletesNothing() throws Exception {
    BlockingQueue<CountDownLatch> holds = new LinkedBlockingQueue<>();
    try (Simulator simulator = options(app(_ -> {
      CountDownLatch hold = new CountDownLatch(1);
      holds.add(hold);
      awaitUninterruptibly(hold);
    }, each -> each.maxReceives(2))).start()) {
      queue.get().send("slow");
      CountDownLatch first = holds.take();
      later(simulator, Duration.ofSeconds(10));
      assertThat(told()).isEqualTo("slow 1 Task timed out after 10 seconds");
      later(simulator, Duration.ofSeconds(49));
      assertThat(holds).as("not before the visibility timeout").isEmpty();
      later(simulator, Duration.ofSeconds(1));
      CountDownLatch second = holds.take();
      first.countDown();
      assertThat(simulator.messages(model(simulator))).as("the late end deletes nothing").containsExactly("slow");
      later(simulator, Duration.ofSeconds(10));
      assertThat(told()).isEqualTo("slow 2 Task timed out after 10 seconds");
      later(simulator, Duration.ofSeconds(50));
      assertThat(told()).isEqualTo("slow is dead");
      second.countDown();
      idle(simulator);
      assertThat(told).isEmpty();
      assertThat(simulator.deadLetters(model(simulator))).extracting(DeadLetter::body).containsExactly("slow");
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    for (;;) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        // it goes on
      }
    }
  }

  /** Moves the clock without waiting for handlers. */
  private void later(Simulator simulator, Duration time) {
    now.updateAndGet(each -> each.plus(time));
    simulator.tick();
  }

  @Test
  void aClockThatIsSetAheadDeliversNothingTwiceAndOneThatIsSetBackDelaysNothing() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    try (Simulator simulator = options(app(message -> {
      if (!message.equals("a")) return;
      running.countDown();
      hold.await();
    })).start()) {
      queue.get().send("a");
      running.await();
      now.updateAndGet(each -> each.plusSeconds(9));
      simulator.tick();
      now.updateAndGet(each -> each.minus(Duration.ofDays(1)));
      queue.get().send("b");
      assertThat(told()).isEqualTo("b 1");
      hold.countDown();
      assertThat(told()).isEqualTo("a 1");
      now.updateAndGet(each -> each.plus(Duration.ofDays(3)));
      simulator.tick();
      idle(simulator);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aMessageIsDroppedAfterFourDays() throws Exception {
    try (Simulator simulator = options(app(_ -> {
      throw new IOException("always");
    }, each -> each.maxReceives(1_000))).start()) {
      queue.get().send("old");
      assertThat(told()).isEqualTo("old 1 always");
      advance(simulator, Duration.ofDays(4).plusSeconds(1));
      assertThat(simulator.messages(model(simulator))).isEmpty();
      assertThat(simulator.deadLetters(model(simulator))).isEmpty();
      assertThat(log.toString(UTF_8)).contains("was dropped, as SQS keeps a message for four days only");
    }
  }

  /** SQS guide, "Dead-letter queues": moving a message of a standard queue does not make it younger. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDeadLetterIsAsOldAsItsMessageUnlessTheQueueIsFifo(boolean fifo) {
    UnaryOperator<QueueBuilder<String>> options = each -> fifo ? each.orderedBy(_ -> "all") : each;
    try (Simulator simulator = options(app(_ -> {
      throw new IOException("always");
    }, each -> options.apply(each.maxReceives(1)))).start()) {
      queue.get().send("first");
      advance(simulator, Duration.ofDays(3));
      assertThat(simulator.deadLetters(model(simulator))).hasSize(1);
      advance(simulator, Duration.ofDays(11).plusSeconds(1));
      queue.get().send("second");
      advance(simulator, VISIBILITY);
      assertThat(simulator.deadLetters(model(simulator))).extracting(DeadLetter::body)
          .containsExactlyElementsOf(fifo ? List.of("first", "second") : List.of("second"));
    }
  }

  @Test
  void aLoopIsStoppedAfterSixteenRounds() {
    List<String> rounds = new ArrayList<>();
    try (Simulator simulator = options(app(message -> {
      synchronized (rounds) {
        rounds.add(message);
      }
      queue.get().send(message);
    })).start()) {
      queue.get().send("again");
      idle(simulator);
      assertThat(rounds).hasSize(16);
      assertThat(simulator.deadLetters(model(simulator))).singleElement()
          .satisfies(each -> assertThat(each.error()).contains("Lambda stops such a loop"));
    }
  }

  @Test
  void aReloadGoesOnWithTheNewHandlerAndItsLimits() throws Exception {
    try (Simulator simulator = options(app(_ -> {
      throw new IOException("old");
    })).start()) {
      queue.get().send("a");
      assertThat(told()).isEqualTo("a 1 old");
      idle(simulator);
      assertThat(simulator.reload(app(_ -> {}, each -> each.maxReceives(7)))).isInstanceOfSatisfying(
          Reloaded.Applied.class, each -> assertThat(each.changes())
              .contains("queue 'jobs': how often it receives a message is now 7, was 5"));
      advance(simulator, VISIBILITY);
      assertThat(told()).isEqualTo("a 2");
    }
  }

  @Test
  void aQueueThatIsGoneKeepsItsMessages() throws Exception {
    try (Simulator simulator = options(app(_ -> {})).start()) {
      queue.get().sendIn(Duration.ofSeconds(1), "a");
      assertThat(simulator.reload(cloud -> cloud.queue("other", String.class).create().onMessage(_ -> {})))
          .isInstanceOfSatisfying(
              Reloaded.Applied.class, each -> assertThat(each.changes())
                  .contains("queue 'jobs' was removed: its messages are kept"));
      advance(simulator, Duration.ofMinutes(1));
      assertThat(told).isEmpty();
      assertThat(log.toString(UTF_8))
          .contains("queue 'jobs': 1 message waits, as the program does not declare it");
      simulator.reload(app(_ -> {}));
      assertThat(told()).isEqualTo("a 1");
    }
  }

  @Test
  void aDuplicateIsDroppedOverARestart() throws Exception {
    UnaryOperator<QueueBuilder<String>> once = each -> each.orderedBy(_ -> "all").deduplicatedBy(m -> m);
    String id;
    try (Simulator _ = options(app(_ -> {}, once)).start()) {
      id = queue.get().send("a");
      assertThat(told()).isEqualTo("a 1");
    }
    now.updateAndGet(each -> each.plusSeconds(299));
    try (Simulator simulator = options(app(_ -> {}, once)).start()) {
      assertThat(queue.get().send("a")).isEqualTo(id);
      now.updateAndGet(each -> each.plusSeconds(2));
      assertThat(queue.get().send("a")).isNotEqualTo(id);
      idle(simulator);
      assertThat(told()).isEqualTo("a 1");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void duplicatesThatAreSentAtTheSameTimeAreOne() throws Exception {
    int keys = 300;
    App app = app(_ -> {}, each -> each.orderedBy(_ -> "all").deduplicatedBy(m -> m));
    try (Simulator simulator = options(app).clock(InstantSource.system()).start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int key = 0; key < keys; key++) {
        String message = "m" + key;
        List<Callable<String>> sends = Collections.nCopies(8, () -> queue.get().send(message));
        for (Future<String> each : threads.invokeAll(sends)) each.get();
      }
      idle(simulator);
      assertThat(told).hasSize(keys);
    }
  }

  @Test
  void aBurstIsHandledWhole() {
    int count = 2_000;
    try (Simulator simulator = options(app(_ -> {})).start()) {
      for (int i = 0; i < count; i++) queue.get().send("m" + i);
      idle(simulator);
      assertThat(told).hasSize(count);
      assertThat(simulator.messages(model(simulator))).isEmpty();
    }
  }
}
