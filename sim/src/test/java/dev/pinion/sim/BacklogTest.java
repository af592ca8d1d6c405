package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.MessageQueue;
import dev.pinion.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * More bytes of messages and of starts wait than the process has memory, and their handlers all begin at once: each is
 * handled, those of a group in their order.
 */
@Tag("slow")
@Timeout(300)
final class BacklogTest {
  private static final List<String> SMALL = List.of("-Xmx48m", "-XX:+ExitOnOutOfMemoryError");
  private static final int COUNT = 100;
  private static final int STARTS = 300;
  private static final String TEXT = "x".repeat(900_000);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration DELAY = Duration.ofMinutes(10);

  @TempDir private Path folder = Path.of("");

  /** What the apps declare, and the handlers print. */
  private static final class Resources {
    final AtomicReference<MessageQueue<String>> jobs = new AtomicReference<>();
    final AtomicReference<MessageQueue<String>> ordered = new AtomicReference<>();
    final AtomicReference<Task<String>> work = new AtomicReference<>();
    final CountDownLatch begin = new CountDownLatch(1);

    /** Queues without handlers, and a task whose starts are delayed. */
    App filling() {
      return cloud -> {
        jobs.set(cloud.queue("jobs", String.class).create());
        ordered.set(cloud.queue("ordered", String.class).orderedBy(BacklogTest::group).create());
        Task<String> task = cloud.task("work", String.class).create();
        task.onStart(_ -> {});
        work.set(task);
      };
    }

    App draining() {
      return cloud -> {
        cloud.queue("jobs", String.class).create().onMessage(text -> handle("jobs", text));
        cloud.queue("ordered", String.class).orderedBy(BacklogTest::group).create()
            .onMessage(text -> handle("ordered", text));
        cloud.task("work", String.class).create().onStart(text -> handle("work", text));
      };
    }

    private void handle(String resource, String text) throws InterruptedException {
      begin.await();
      System.out.println(resource + " " + number(text));
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text.substring(0, text.indexOf(' ')));
  }

  private static String group(String text) {
    return "g" + number(text) % 3;
  }

  /** The process with little memory: the data folder, and {@code fill} or {@code drain}. */
  public static void main(String... arguments) {
    boolean fills = arguments[1].equals("fill");
    Resources resources = new Resources();
    TaskTests.Clock clock = new TaskTests.Clock();
    clock.set(fills ? NOON : NOON.plus(DELAY));
    try (Simulator simulator = Simulator.of(fills ? resources.filling() : resources.draining())
        .data(Path.of(arguments[0])).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(System.err).start()) {
      if (fills) {
        for (int number = 0; number < COUNT; number++) {
          String text = number + " " + TEXT;
          resources.jobs.get().send(text);
          resources.ordered.get().send(text);
        }
        for (int number = 0; number < STARTS; number++) {
          resources.work.get().startIn(DELAY, number + " " + TEXT.substring(0, 250_000));
        }
      } else {
        simulator.tick();
        resources.begin.countDown();
        TaskTests.idle(simulator);
      }
      System.out.println("done");
    }
  }

  @Test
  void aBacklogLargerThanTheMemoryIsHandledWhole() throws Exception {
    assertThat(run("fill")).containsExactly("done");
    List<String> handled = run("drain");
    assertThat(handled).last().isEqualTo("done");
    assertThat(numbers(handled, "work")).containsExactlyInAnyOrderElementsOf(first(STARTS));
    assertThat(numbers(handled, "jobs")).containsExactlyInAnyOrderElementsOf(first(COUNT));
    assertThat(numbers(handled, "ordered")).containsExactlyInAnyOrderElementsOf(first(COUNT));
    for (int group = 0; group < 3; group++) {
      int rest = group;
      assertThat(numbers(handled, "ordered")).filteredOn(each -> each % 3 == rest).isSorted();
    }
  }

  private static List<Integer> first(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Integer> numbers(List<String> lines, String resource) {
    return lines.stream().filter(each -> each.startsWith(resource + " "))
        .map(each -> Integer.valueOf(each.substring(resource.length() + 1))).toList();
  }

  private List<String> run(String what) throws IOException, InterruptedException {
    Process process = TaskTests.process(SMALL, BacklogTest.class, folder.toString(), what);
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      List<String> printed = lines.lines().toList();
      assertThat(process.waitFor()).as("exit code of %s", what).isZero();
      return printed;
    }
  }
}
