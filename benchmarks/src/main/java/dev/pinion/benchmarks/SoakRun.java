package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets clients misbehave in every way of {@link Misbehaviour} at once, for minutes, beside one client that does not and
 * that is timed. At the end every connect must have had its disconnect, and the server's threads, files, heap and rows
 * must be where they were after a shorter time of the same.
 */
final class SoakRun {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final int CLIENTS = 24;
  private static final long PACE_MILLIS = 60;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(90).toNanos();
  private static final Pattern COUNTS =
      Pattern.compile("\\{\"connects\":(\\d+),\"disconnects\":(\\d+),\"rows\":(\\d+)}");
  /** What the JVM itself may keep more of: compiled code's metadata, threads of its pools, an open log. */
  private static final long MORE_BYTES = 4 << 20;
  private static final int MORE_THREADS = 16;
  private static final int MORE_FILES = 4;

  private final MeasuredServer server;
  private final Map<Misbehaviour, AtomicLong> sessions = new EnumMap<>(Misbehaviour.class);

  private SoakRun(MeasuredServer server) {
    this.server = server;
    for (Misbehaviour each : Misbehaviour.values()) {
      sessions.put(each, new AtomicLong());
    }
  }

  /** What is left of the connections that the server has had. */
  private record Left(long connects, int threads, int files, long bytes) {}

  /** Returns the figures as a table in Markdown. */
  static String run(Repository repository, int minutes) throws IOException, InterruptedException, ExecutionException {
    Path data = Files.createTempDirectory("pinion-soak");
    Path log = repository.root().resolve("target/soak.log");
    try (MeasuredServer server = repository.pinion("benchmarks/programs/Soak.java", data, log)) {
      return new SoakRun(server).report(Duration.ofMinutes(minutes));
    } finally {
      Repository.delete(data);
    }
  }

  private String report(Duration length) throws IOException, InterruptedException, ExecutionException {
    var _ = misbehave(WARM_UP);
    Left before = settle(Integer.MAX_VALUE);
    TimedClient timed = misbehave(length);
    Left after = settle(before.threads() + MORE_THREADS);
    check("threads", before.threads() + MORE_THREADS, after.threads());
    check("open files", before.files() + MORE_FILES, after.files());
    check("live bytes on the heap", before.bytes() + MORE_BYTES, after.bytes());
    StringBuilder report = new StringBuilder(
        String.format(Locale.ROOT, "%d clients for %d minutes, %,d sessions: ", CLIENTS, length.toMinutes(),
            sessions.values().stream().mapToLong(AtomicLong::get).sum()));
    sessions.forEach((kind, count) -> report
        .append(String.format(Locale.ROOT, "%,d %s, ", count.get(), kind.name().toLowerCase(Locale.ROOT))));
    report.setLength(report.length() - 2);
    report.append("\n\n| echoes of the timed client | median | 99 % within | longest |\n|---|---|---|---|\n| ")
        .append(timed.figures())
        .append(" |\n\n| | before | after |\n|---|---|---|\n");
    report.append(String.format(Locale.ROOT, "| connects, each with its disconnect | %,d | %,d |%n", before.connects(),
        after.connects()));
    report.append(String.format(Locale.ROOT, "| rows of connections | 0 | 0 |%n| threads | %d | %d |%n",
        before.threads(), after.threads()));
    report.append(String.format(Locale.ROOT, "| open files | %d | %d |%n| live heap, KiB | %,d | %,d |%n",
        before.files(), after.files(), before.bytes() >> 10, after.bytes() >> 10));
    return report.toString();
  }

  private static void check(String what, long most, long is) throws IOException {
    if (is > most) throw new IOException(what + ": " + is + " are left, more than " + most);
  }

  /** Runs all clients for a time, then ends them. */
  private TimedClient misbehave(Duration length) throws IOException, InterruptedException, ExecutionException {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      long seed = i;
      clients.add(Thread.startVirtualThread(() -> misbehave(seed, stop)));
    }
    try (TimedClient timed = new TimedClient(server)) {
      FutureTask<Void> timing = new FutureTask<>(() -> {
        timed.run(stop);
        return null;
      });
      Thread thread = Thread.startVirtualThread(timing);
      var _ = thread.join(length);
      stop.set(true);
      timing.get();
      for (Thread client : clients) {
        client.join();
      }
      return timed;
    } finally {
      stop.set(true);
    }
  }

  private void misbehave(long seed, AtomicBoolean stop) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Misbehaviour[] kinds = Misbehaviour.values();
    while (!stop.get()) {
      Misbehaviour kind = kinds[random.nextInt(kinds.length)];
      if (kind.run(server, random)) {
        Objects.requireNonNull(sessions.get(kind)).incrementAndGet();
      }
      try {
        Thread.sleep(random.nextLong(PACE_MILLIS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Waits until the server has noticed the end of every connection, and for threads that end when a pool has been idle
   * for half a minute; then looks at what is left.
   */
  private Left settle(int threads) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      String counts;
      try (TimedClient client = new TimedClient(server)) {
        counts = client.ask("{\"action\":\"counts\"}");
      }
      Matcher matcher = COUNTS.matcher(counts);
      if (!matcher.matches()) throw new IOException("the server answered " + counts);
      long connects = Long.parseLong(matcher.group(1));
      // The client that asks is connected itself.
      if (connects == Long.parseLong(matcher.group(2)) + 1 && matcher.group(3).equals("1")) {
        Thread.sleep(1_000);
        while (server.threads() > threads && System.nanoTime() < end) {
          Thread.sleep(1_000);
        }
        return new Left(connects, server.threads(), server.files(), server.liveBytes());
      }
      if (System.nanoTime() > end) throw new IOException("connections without their disconnect: " + counts);
      Thread.sleep(500);
    }
  }
}
