package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Task;
import dev.pinion.TaskHandler;
import dev.pinion.spi.TaskModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of starts of tasks that fail, are cut off, are too old or loop, and what is left after a stop. */
@Timeout(60)
final class TasksTest {
  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<Task<String>> task = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  private App app(TaskHandler<String> handler) {
    return app(handler, options -> options);
  }

  private App app(TaskHandler<String> handler, UnaryOperator<dev.pinion.TaskBuilder<String>> options) {
    return cloud -> {
      Task<String> made = options.apply(cloud.task("work", String.class)).create();
      made.onStart(handler).timeout(Duration.ofSeconds(30));
      task.set(made);
    };
  }

  private SimulatorBuilder options(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).tasks(new TaskListener() {
          @Override
          public void handled(String id, String payload, int attempt, java.util.Optional<Throwable> failure) {
            told.add(payload + " " + attempt + failure.map(each -> " " + each.getMessage()).orElse(""));
          }
        });
  }

  private Task<String> work() {
    return task.get();
  }

  private static List<DeadLetter> dead(Simulator simulator) {
    return simulator.deadLetters(model(simulator));
  }

  private static TaskModel model(Simulator simulator) {
    return simulator.model().tasks().getFirst();
  }

  private void advance(Simulator simulator, Duration time) {
    clock.advance(time);
    simulator.tick();
    idle(simulator);
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private String log() {
    return log.toString(UTF_8);
  }

  private static App failing(TasksTest test) {
    return test.app(_ -> {
      throw new IOException("the model is not there");
    });
  }

  @Test
  void whatFailsAlwaysIsInTheDeadLettersOnce() {
    try (Simulator simulator = options(failing(this)).start()) {
      work().start("a");
      idle(simulator);
      advance(simulator, Duration.ofMinutes(1));
      advance(simulator, Duration.ofMinutes(2));
      assertThat(told).containsExactly(
          "\"a\" 1 the model is not there", "\"a\" 2 the model is not there", "\"a\" 3 the model is not there");
      assertThat(dead(simulator)).containsExactly(
          new DeadLetter("\"a\"", "java.io.IOException: the model is not there", 3, clock.instant()));
      advance(simulator, Duration.ofDays(1));
      assertThat(told).hasSize(3);
    }
    assertThat(log()).contains(
        "TasksTest.java:", "handler work for start 1 failed (attempt 1, tried again in 1 min): java.io.IOException:",
        "(attempt 2, tried again in 2 min)", "(attempt 3, it is in the dead letters)");
    try (Simulator simulator = options(failing(this)).start()) {
      advance(simulator, Duration.ofDays(1));
      assertThat(told).hasSize(3);
      assertThat(dead(simulator)).hasSize(1);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      simulator.announce(new PrintStream(out, true, UTF_8));
      assertThat(out.toString(UTF_8)).contains("task         'work': 0 starts wait, 1 dead letter\n");
    }
  }

  @Test
  void deadLettersAreKeptFor14Days() {
    try (Simulator simulator = options(failing(this)).start()) {
      work().start("a");
      idle(simulator);
      advance(simulator, Duration.ofMinutes(1));
      advance(simulator, Duration.ofMinutes(2));
      assertThat(dead(simulator)).hasSize(1);
    }
    clock.advance(Duration.ofDays(14).minusSeconds(1));
    try (Simulator simulator = options(failing(this)).start()) {
      assertThat(dead(simulator)).hasSize(1);
    }
    clock.advance(Duration.ofSeconds(2));
    try (Simulator simulator = options(failing(this)).start()) {
      assertThat(dead(simulator)).isEmpty();
    }
  }

  @Test
  void whatWaitsSurvivesAStop() throws Exception {
    try (Simulator simulator = options(failing(this)).start()) {
      work().start("a");
      work().startIn(Duration.ofHours(1), "b");
      idle(simulator);
      assertThat(told()).startsWith("\"a\" 1");
    }
    clock.advance(Duration.ofMinutes(1));
    try (Simulator simulator = options(app(_ -> {})).start()) {
      assertThat(told()).isEqualTo("\"a\" 2");
      idle(simulator);
      assertThat(simulator.nextTick()).contains(clock.instant().plus(Duration.ofMinutes(59)));
    }
    clock.advance(Duration.ofDays(3));
    try (Simulator simulator = options(app(_ -> {})).start()) {
      assertThat(told()).isEqualTo("\"b\" 1");
      idle(simulator);
      assertThat(dead(simulator)).isEmpty();
    }
  }

  @Test
  void anAttemptThatAStopCutsOffIsOneThatHasFailed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    App app = app(text -> {
      begun.add(text);
      never.await();
    });
    for (int attempt = 1; attempt <= 3; attempt++) {
      Simulator simulator = options(app).start();
      if (attempt == 1) work().start("a");
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
      assertThat(simulator.close(Duration.ofMillis(1))).containsExactly("work for start 1");
    }
    try (Simulator simulator = options(app(_ -> {})).start()) {
      idle(simulator);
      assertThat(told).isEmpty();
      assertThat(dead(simulator)).containsExactly(
          new DeadLetter("\"a\"", "the app was stopped during its last attempt", 3, clock.instant()));
    }
    assertThat(log()).contains(
        "handler work for start 1 is not called: the app was stopped during its last attempt."
            + " It is in the dead letters");
  }

  @Test
  void aHandlerThatIsTooSlowIsTriedAgain() throws Exception {
    BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    try (Simulator simulator = options(app(text -> {
      begun.add(text);
      if (told.isEmpty()) new CountDownLatch(1).await();
    })).start()) {
      work().start("a");
      assertThat(begun.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
      clock.advance(Duration.ofSeconds(30));
      simulator.tick();
      assertThat(told.peek()).startsWith("\"a\" 1 ");
      advance(simulator, Duration.ofMinutes(1));
      assertThat(begun).hasSize(1);
      assertThat(told).hasSize(2);
      assertThat(dead(simulator)).isEmpty();
    }
  }

  @Test
  void aClockThatJumpsMakesWaitingStartsTooOld() {
    try (Simulator simulator = options(failing(this)).start()) {
      work().start("a");
      idle(simulator);
      advance(simulator, Duration.ofHours(6).plusSeconds(1));
      assertThat(told).hasSize(1);
      assertThat(dead(simulator)).singleElement().satisfies(
          each -> assertThat(each.error()).isEqualTo("it has waited for longer than its maximum event age, PT6H"));
    }
  }

  @Test
  void startsDoNotAgeWhileTheAppIsStopped() throws Exception {
    try (Simulator simulator = options(failing(this)).start()) {
      work().start("a");
      idle(simulator);
    }
    assertThat(told()).startsWith("\"a\" 1");
    clock.advance(Duration.ofDays(2));
    try (Simulator simulator = options(app(_ -> {})).start()) {
      assertThat(told()).isEqualTo("\"a\" 2");
      idle(simulator);
      assertThat(dead(simulator)).isEmpty();
    }
  }

  @Test
  void aLoopIsStoppedAfter16Calls() {
    try (Simulator simulator = options(app(text -> work().start(text))).start()) {
      work().start("a");
      idle(simulator);
      assertThat(told).hasSize(16);
      assertThat(dead(simulator)).singleElement()
          .satisfies(each -> assertThat(each.error()).startsWith("it was called 16 times in one chain of calls"));
    }
    assertThat(log()).contains("If it is meant, add allowRecursiveLoop(), or use startIn");
  }

  @Test
  void aThreadOfAPoolCarriesNoChainOn() throws Exception {
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      App app = cloud -> {
        Task<Integer> count = cloud.task("work", Integer.class).create();
        count.onStart(n -> {
          if (n == 16) pool.submit(() -> {}).get(); // the thread of the pool begins in this call
          if (n == 0) pool.submit(() -> count.start(-1)).get();
          if (n > 0 && n < 16) count.start(n + 1);
        });
        cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(_ -> count.start(0));
      };
      try (Simulator simulator = options(app).start()) {
        simulator.start(model(simulator), "1");
        idle(simulator);
        for (int i = 0; i < 20; i++) {
          simulator.tick(simulator.model().schedules().getFirst());
          idle(simulator);
        }
        assertThat(told).hasSize(16 + 40);
        assertThat(dead(simulator)).isEmpty();
      }
    }
  }

  @Test
  void aLoopMayBeMeant() {
    App app = cloud -> {
      Task<Integer> count = cloud.task("work", Integer.class).create();
      count.onStart(n -> {
        if (n < 40) count.start(n + 1);
      }).allowRecursiveLoop();
      cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(_ -> count.start(1));
    };
    try (Simulator simulator = options(app).start()) {
      simulator.tick(simulator.model().schedules().getFirst());
      idle(simulator);
      assertThat(told).hasSize(40);
      assertThat(dead(simulator)).isEmpty();
    }
  }

  @Test
  void aStartWithADelayBeginsAnotherChain() {
    try (Simulator simulator = options(app(text -> work().startIn(Duration.ofMinutes(1), text))).start()) {
      work().start("a");
      idle(simulator);
      for (int i = 0; i < 30; i++) advance(simulator, Duration.ofMinutes(1));
      assertThat(told).hasSize(31);
      assertThat(dead(simulator)).isEmpty();
    }
  }

  @Test
  void aPayloadOfAnotherTypeFailsAsOnAws() {
    App app = cloud -> cloud.task("work", Integer.class).create().onStart(_ -> {});
    try (Simulator simulator = options(app).start()) {
      simulator.start(model(simulator), "\"a\"");
      idle(simulator);
      assertThat(told).singleElement().asString().contains("the payload is not of the task's type: ");
    }
  }

  @Test
  void afterACloseNothingIsAccepted() {
    Simulator simulator = options(app(_ -> {})).start();
    simulator.close();
    assertThatThrownBy(() -> work().start("a")).isInstanceOf(dev.pinion.ServiceUnavailableException.class);
  }

  @Test
  void freshForgetsAll() {
    try (Simulator simulator = options(failing(this)).start()) {
      work().start("a");
      work().startIn(Duration.ofMinutes(1), "b");
      idle(simulator);
    }
    told.clear();
    try (Simulator simulator = options(app(_ -> {})).fresh(true).start()) {
      advance(simulator, Duration.ofMinutes(5));
      assertThat(told).isEmpty();
      assertThat(simulator.nextTick()).isEmpty();
    }
  }

  @Test
  void manyStartsAreAllHandledWithAThousandAtOnce() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    try (Simulator simulator = options(app(_ -> hold.await())).start()) {
      for (int i = 0; i < 1_500; i++) work().start(Integer.toString(i));
      while (simulator.handlerLoad().blocked() < 1_000) Thread.onSpinWait();
      assertThat(simulator.handlerLoad().running()).isEqualTo(1_000);
      hold.countDown();
      for (int i = 0; i < 1_500; i++) assertThat(told()).endsWith(" 1");
      idle(simulator);
      assertThat(simulator.nextTick()).isEmpty();
    }
  }
}
