package dev.pinion.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What each engine for the tables' file is asked: to keep 1,000 rows of 200 bytes, each write a commit of its own. A
 * write is acknowledged when it survives the end of the process, and synced when the disk has it.
 */
final class EngineTrial {
  private static final int ROWS = 1_000;
  private static final int PUTS = 10_000;
  private static final int SYNCED_PUTS = 300;
  private static final int SCANS = 300;
  private static final int ROW_BYTES = 200;

  private final Opener opener;

  private EngineTrial(Opener opener) {
    this.opener = opener;
  }

  /** An engine under test, used by one thread. */
  interface Engine extends AutoCloseable {
    /** Commits one row; waits for the disk as well where that is asked. */
    void put(byte[] key, byte[] value, boolean sync) throws Exception;

    /** Reads all rows, in the order of their keys. */
    List<byte[]> scan();

    @Override
    void close();
  }

  /** Opens the engine's files in a folder, and makes them where there are none. */
  interface Opener {
    Engine open(Path folder) throws Exception;
  }

  /** Measures as the arguments say: {@code open} or {@code use}, and the folder. Prints the figures in a line. */
  static void run(Opener opener, String[] arguments) throws Exception {
    EngineTrial trial = new EngineTrial(opener);
    Path folder = Path.of(arguments[1]);
    System.out.println(arguments[0].equals("open") ? trial.open(folder) : trial.use(folder));
  }

  /** Milliseconds in a new JVM until the engine is open and all rows are read. */
  private String open(Path folder) throws Exception {
    long start = System.nanoTime();
    try (Engine engine = opener.open(folder)) {
      List<byte[]> rows = engine.scan();
      long end = System.nanoTime();
      check(rows);
      return String.format(Locale.ROOT, "%.3f", (end - start) / 1e6);
    }
  }

  /** Microseconds for a write that is acknowledged, one that is synced, and a scan. */
  private String use(Path folder) throws Exception {
    try (Engine engine = opener.open(folder)) {
      var _ = puts(engine, PUTS, false);
      double acknowledged = puts(engine, PUTS, false);
      double synced = puts(engine, SYNCED_PUTS, true);
      var _ = scans(engine);
      return String.format(Locale.ROOT, "%.3f %.3f %.3f", acknowledged, synced, scans(engine));
    }
  }

  private static double puts(Engine engine, int puts, boolean sync) throws Exception {
    byte[] value = new byte[ROW_BYTES];
    Random random = new Random(puts);
    long start = System.nanoTime();
    for (int i = 0; i < puts; i++) {
      random.nextBytes(value);
      engine.put(("row " + (i % ROWS)).getBytes(UTF_8), value.clone(), sync);
    }
    return (System.nanoTime() - start) / 1e3 / puts;
  }

  private static double scans(Engine engine) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < SCANS; i++) {
      check(engine.scan());
    }
    return (System.nanoTime() - start) / 1e3 / SCANS;
  }

  private static void check(List<byte[]> rows) {
    if (rows.size() != ROWS || rows.stream().anyMatch(row -> row.length != ROW_BYTES)) {
      throw new IllegalStateException("read " + rows.size() + " rows, not " + ROWS + " of " + ROW_BYTES + " bytes");
    }
  }
}
