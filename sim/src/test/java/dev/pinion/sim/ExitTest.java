package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.MessageQueue;
import dev.pinion.QueueHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A handler calls {@link System#exit}. */
@Timeout(60)
final class ExitTest {
  @TempDir private Path data = Path.of("");

  /** Two messages are handled when its schedule ticks: one handler ends the process while the other one runs. */
  public static final class Exiting implements App {
    private static final CountDownLatch RUNNING = new CountDownLatch(1);

    @Override
    public void define(Cloud cloud) {
      MessageQueue<String> queue = queue(cloud, message -> {
        if (message.equals("exit")) {
          RUNNING.await();
          exit();
        }
        RUNNING.countDown();
        new CountDownLatch(1).await();
      });
      cloud.schedule("begin").rate(Duration.ofMinutes(1)).create().onTick(_ -> {
        queue.send("runs");
        queue.send("exit");
        queue.sendIn(Duration.ofMinutes(15), "waits");
      });
    }
  }

  /** When its schedule ticks, a thread that no handler has created ends the process. */
  public static final class ExitingElsewhere implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.schedule("begin").rate(Duration.ofMinutes(1)).create().onTick(_ -> {
        var _ = CompletableFuture.runAsync(ExitTest::exit);
      });
    }
  }

  private static void exit() {
    while (Logger.getLogger("java.lang.Runtime").getLevel() == null) Thread.onSpinWait();
    System.exit(3);
  }

  private static MessageQueue<String> queue(Cloud cloud, QueueHandler<String> handler) {
    MessageQueue<String> queue = cloud.queue("jobs", String.class).create();
    queue.onMessage(handler);
    return queue;
  }

  @Test
  void theLogSaysWhichHandlerEndedTheProcessAndWhatWasNotHandledComesAgain() throws Exception {
    String log = exits(Exiting.class);
    assertThat(log).contains(
        "ExitTest.java:", "error: ", "handler jobs ends this process with Runtime.exit(3)", "Runtime.ExitError",
        "not finished: jobs for message");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    TaskTests.Clock clock = new TaskTests.Clock();
    clock.set(Instant.now());
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    try (Simulator simulator = Simulator.of(cloud -> queue(cloud, _ -> {})).data(data).values(Map.of()).clock(clock)
        .permissions(PermissionMode.OFF).ticksByHand().log(silent).queues(new QueueListener() {
          @Override
          public void handled(String queue, String body, int receives, Optional<Throwable> failure) {
            told.add(body + " " + receives);
          }
        }).start()) {
      assertThat(List.of(told(told), told(told))).containsExactlyInAnyOrder("runs 2", "exit 2");
      clock.advance(Duration.ofMinutes(16));
      simulator.tick();
      assertThat(told(told)).isEqualTo("waits 1");
    }
  }

  @Test
  void theLogHasTheLineOfACallOnAThreadOfTheCommonPool() throws Exception {
    assertThat(exits(ExitingElsewhere.class)).containsPattern(
        "ExitTest\\.java:\\d+: error: .* code of the app on the thread 'ForkJoinPool\\.commonPool-worker-\\d+'"
            + " ends this process with Runtime\\.exit\\(3\\)");
  }

  private static String told(BlockingQueue<String> told) throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  /** Runs the app until it has ended itself, and returns its log. */
  private String exits(Class<? extends App> app) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Main.class.getName(), app.getName(), "--port", "0", "--data",
        data.toString()).redirectErrorStream(true).start();
    String log = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(log).isEqualTo(3);
    return log;
  }
}
