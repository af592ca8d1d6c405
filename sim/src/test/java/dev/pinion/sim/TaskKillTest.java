package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Task;
import dev.pinion.tables.MessageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that starts tasks is killed again and again. No start that was accepted is lost: each is handled at least
 * once, or is among the dead letters; and it is there at most once.
 */
@Timeout(120)
final class TaskKillTest {
  private static final long SEED = Long.getLong("pinion.seed", 1);
  private static final int KILLS = Integer.getInteger("pinion.kills", 5);
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("");

  /** How many starts later a slow handler ends: it is mostly cut off. */
  private static final int LATER = 50;
  /** Of the process that starts tasks; nothing is awaited in another one. */
  private static final Progress PROGRESS = new Progress();

  /** How far the starts of a process have come. */
  private static final class Progress {
    private int reached = Integer.MAX_VALUE;

    synchronized void reach(int number) {
      reached = number;
      notifyAll();
    }

    synchronized void await(int number) throws InterruptedException {
      while (reached < number) wait();
    }
  }

  /** A clock on which a minute takes a tenth of a second, in all processes. */
  private static InstantSource fast() {
    return () -> EPOCH.plusMillis((System.currentTimeMillis() - EPOCH.toEpochMilli()) * 600);
  }

  /** Numbers that can be divided by three always fail, those by five are handled slowly. */
  private static App app(Path folder, AtomicReference<Task<Integer>> task) {
    return cloud -> {
      Task<Integer> work = cloud.task("work", Integer.class).create();
      work.onStart(number -> {
        append(folder.resolve("handled"), number);
        if (number % 5 == 0) PROGRESS.await(number + LATER);
        if (number % 3 == 0) throw new IOException("always");
      });
      task.set(work);
    };
  }

  private static Simulator simulator(Path folder, AtomicReference<Task<Integer>> task) {
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return Simulator.of(app(folder, task)).data(folder.resolve("data")).values(Map.of()).clock(fast())
        .permissions(PermissionMode.OFF).log(silent).start();
  }

  private static void append(Path file, int number) {
    try {
      Files.writeString(file, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that is killed: starts the task with numbers from the second argument on, and prints each. */
  public static void main(String... arguments) {
    AtomicReference<Task<Integer>> task = new AtomicReference<>();
    try (Simulator running = simulator(Path.of(arguments[0]), task)) {
      for (int number = Integer.parseInt(arguments[1]); running.isTriggered(); number++) {
        PROGRESS.reach(number);
        task.get().start(number);
        System.out.println(number);
      }
    }
  }

  @Test
  void noAcceptedStartIsLost() throws Exception {
    Random random = new Random(SEED);
    List<Integer> accepted = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) accepted.addAll(killed(kill * 1_000_000 + 1, 1 + random.nextInt(400)));
    // An attempt that fails between the two questions waits again.
    do {
      try (Simulator simulator = simulator(folder, new AtomicReference<>())) {
        while (!simulator.handlerLoad().isIdle() || simulator.nextTick().isPresent()) Thread.onSpinWait();
      }
    } while (waits());
    List<Integer> dead = dead();
    Set<Integer> handled = new HashSet<>(Files.readAllLines(folder.resolve("handled")).stream().map(Integer::valueOf)
        .toList());
    Set<Integer> lost = new TreeSet<>(accepted);
    lost.removeAll(handled);
    lost.removeAll(dead);
    assertThat(lost).as("seed %s", SEED).isEmpty();
    assertThat(dead).doesNotHaveDuplicates();
    assertThat(dead).containsAll(accepted.stream().filter(each -> each % 3 == 0).toList());
  }

  private boolean waits() throws IOException {
    try (MessageStore store = MessageStore.open(folder.resolve("data/messages"), fast(), _ -> {})) {
      return store.queues().contains(TaskStart.queue("work"));
    }
  }

  /** Returns all dead letters, and expects that nothing waits. */
  private List<Integer> dead() throws IOException {
    try (MessageStore store = MessageStore.open(folder.resolve("data/messages"), fast(), _ -> {})) {
      assertThat(store.queues()).containsExactly(TaskStart.deadQueue("work"));
      return store.list(TaskStart.deadQueue("work"), 0, Integer.MAX_VALUE).stream()
          .map(each -> Integer.valueOf(each.body())).toList();
    }
  }

  /** Lets a process start tasks, kills it, and returns what it had printed. */
  private List<Integer> killed(int first, int most) throws IOException, InterruptedException {
    Process process =
        TaskTests.process(List.of(), TaskKillTest.class, folder.toString(), Integer.toString(first));
    List<Integer> printed = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(Integer.valueOf(line));
        if (printed.size() == most) process.toHandle().destroyForcibly();
      }
    }
    process.waitFor();
    return printed;
  }
}
