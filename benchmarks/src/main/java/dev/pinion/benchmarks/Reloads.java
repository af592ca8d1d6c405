package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures how long it takes from a save to the first answer of the new program, and what clients notice of it. */
final class Reloads {
  private static final int SAVES = 25;
  /** From this save on, the compiler is warm. */
  private static final int WARM = 5;
  private static final int CLASSES = 50;
  private static final long IDLE_MILLIS = 4_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int RUNS = 5;
  private static final int RELOADS = 100;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Repository repository;
  private final Path log;

  private Reloads(Repository repository) throws IOException {
    this.repository = repository;
    log = repository.root().resolve("target/reload.log");
  }

  /**
   * Returns the figures as tables in Markdown.
   *
   * @param quick whether only to show that everything runs
   * @param sockets how many WebSockets are open under load
   */
  static String tables(Repository repository, boolean quick, int sockets)
      throws IOException, InterruptedException, ExecutionException {
    Reloads reloads = new Reloads(repository);
    return reloads.times(quick ? WARM + 1 : SAVES) + reloads.load(quick ? 1 : RUNS, quick ? 5 : RELOADS, sockets);
  }

  private interface Project {
    SavedProgram in(Path folder) throws IOException;
  }

  private String times(int saves) throws IOException, InterruptedException {
    StringBuilder table = new StringBuilder("""
        | from a save to the new handler's answer | the first | from the fifth on | range | target |
        |---|---|---|---|---|
        """);
    table.append(row("the chat", saves, "≤ 400 ms, ≤ 150 ms", folder -> SavedProgram
        .example(repository, folder, "examples/chat/Chat.java", "item.string(\"connectionId\"), body)")));
    table.append(row("a Maven project of " + CLASSES + " classes", saves, "≤ 600 ms",
        folder -> GeneratedProject.of(folder, CLASSES, false)));
    table.append(row("the same, with another public method each time", saves, "≤ 600 ms",
        folder -> GeneratedProject.of(folder, CLASSES, true)));
    return table.append('\n').toString();
  }

  private String row(String name, int saves, String target, Project project)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("pinion-reload");
    try {
      SavedProgram program = project.in(folder);
      // Once, so that the command's cache has the program.
      measured(program, folder, 1, PAUSE_MILLIS);
      program.save(0);
      List<Double> millis = measured(program, folder, saves, IDLE_MILLIS);
      Figures warm = new Figures(millis.subList(WARM - 1, millis.size()));
      return String.format(Locale.ROOT, "| %s | %.0f ms | %s ms | %s ms | %s |%n", name, millis.getFirst(), warm,
          warm.range(), target);
    } finally {
      Repository.delete(folder);
    }
  }

  private List<Double> measured(SavedProgram program, Path folder, int saves, long idle)
      throws IOException, InterruptedException {
    try (MeasuredServer server = repository.pinion(program.program().toString(), folder.resolve(".pinion"), log)) {
      Thread.sleep(idle);
      return program.save(server, saves, PAUSE_MILLIS);
    }
  }

  private String load(int runs, int reloads, int sockets)
      throws IOException, InterruptedException, ExecutionException {
    List<Double> pauses = new ArrayList<>();
    long sent = 0;
    long lost = 0;
    long wrong = 0;
    long closed = 0;
    for (int run = 0; run < runs; run++) {
      ReloadLoad.Outcome outcome = load(reloads, sockets);
      System.err.println("run " + (run + 1) + ": " + outcome);
      pauses.add(outcome.pauseMillis());
      sent += outcome.sent();
      lost += outcome.lost();
      wrong += outcome.wrong();
      closed += outcome.closed();
    }
    Figures figures = new Figures(pauses);
    return """
        | %,d sockets, 1,000 messages a second, %d reloads, %d runs | | target |
        |---|---|---|
        | messages | %,d | |
        | lost | %d | 0 |
        | doubled, or out of order | %d | 0 |
        | sockets closed | %d | 0 |
        | longest answer of a run, median | %s ms (%s ms) | ≤ 100 ms |
        """.formatted(sockets, reloads, runs, sent, lost, wrong, closed, figures, figures.range());
  }

  private ReloadLoad.Outcome load(int reloads, int sockets)
      throws IOException, InterruptedException, ExecutionException {
    Path folder = Files.createTempDirectory("pinion-reload");
    SavedProgram program =
        SavedProgram.example(repository, folder, "examples/echo/Echo.java", "ws.sendMessage(c.id(), body)");
    AtomicBoolean stop = new AtomicBoolean();
    try (MeasuredServer server = repository.pinion(program.program().toString(), folder.resolve(".pinion"), log,
        "--connection-rate", "100000");
        ReloadLoad load = new ReloadLoad(server, sockets)) {
      FutureTask<ReloadLoad.Outcome> running = new FutureTask<>((Callable<ReloadLoad.Outcome>) () -> load.run(stop));
      Thread.ofPlatform().name("load").start(running);
      try {
        for (int number = 1; number <= reloads; number++) {
          program.save(number);
          await(load, number, running);
        }
      } finally {
        stop.set(true);
      }
      return running.get();
    } finally {
      Repository.delete(folder);
    }
  }

  private static void await(ReloadLoad load, int version, FutureTask<?> running)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (load.newest() < version) {
      if (running.isDone() || System.nanoTime() > end) {
        throw new IOException("version " + version + " has not answered");
      }
      Thread.sleep(5);
    }
  }
}
