package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Task;
import dev.pinion.TaskHandler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Tasks over a reload. */
@Timeout(60)
final class TaskReloadTest {
  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<Task<String>> task = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  private App app(TaskHandler<String> handler) {
    return cloud -> {
      Task<String> made = cloud.task("work", String.class).create();
      made.onStart(handler);
      task.set(made);
    };
  }

  private static App other() {
    return cloud -> cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(_ -> {});
  }

  private Simulator start(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).tasks(new TaskListener() {
          @Override
          public void handled(String id, String payload, int attempt, Optional<Throwable> failure) {
            told.add(payload + " " + attempt + failure.map(each -> " " + each.getMessage()).orElse(""));
          }
        }).start();
  }

  private String told() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void aLaterAttemptCallsTheHandlerOfTheNewProgram() throws Exception {
    try (Simulator simulator = start(app(_ -> {
      throw new IllegalStateException("old");
    }))) {
      task.get().start("a");
      assertThat(told()).isEqualTo("\"a\" 1 old");
      idle(simulator);
      assertThat(simulator.reload(app(_ -> {}))).isInstanceOf(Reloaded.Applied.class);
      clock.advance(Duration.ofMinutes(1));
      simulator.tick();
      assertThat(told()).isEqualTo("\"a\" 2");
    }
  }

  @Test
  void aHandlerThatRunsEndsInItsProgramAndCanStartTasks() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    AtomicReference<Task<String>> old = new AtomicReference<>();
    try (Simulator simulator = start(app(text -> {
      running.countDown();
      hold.await();
      old.get().start("from the old one");
    }))) {
      old.set(task.get());
      old.get().start("a");
      running.await();
      simulator.reload(app(_ -> {}));
      assertThat(simulator.status().retired()).singleElement().asString()
          .contains("an earlier program: handler work for start 1 runs");
      hold.countDown();
      assertThat(List.of(told(), told())).containsExactlyInAnyOrder("\"a\" 1", "\"from the old one\" 1");
    }
  }

  @Test
  void startsOfATaskThatIsGoneWaitForItsReturn() throws Exception {
    try (Simulator simulator = start(app(_ -> {}))) {
      task.get().startIn(Duration.ofMinutes(1), "a");
      assertThat(simulator.reload(other())).isEqualTo(
          new Reloaded.Applied(
              2, List.of("schedule 'tick' was added", "task 'work' was removed: starts that wait are kept")));
      clock.advance(Duration.ofMinutes(5));
      simulator.tick();
      idle(simulator);
      assertThat(told).isEmpty();
      simulator.reload(app(_ -> {}));
      assertThat(told()).isEqualTo("\"a\" 1");
    }
    assertThat(log.toString(UTF_8)).contains("task 'work': 1 start waits, as the program does not declare it");
  }

  @Test
  void aTaskMayBeAdded() throws Exception {
    try (Simulator simulator = start(other())) {
      simulator.reload(app(_ -> {}));
      task.get().start("a");
      assertThat(told()).isEqualTo("\"a\" 1");
    }
  }
}
