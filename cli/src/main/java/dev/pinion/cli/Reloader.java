package dev.pinion.cli;

import dev.pinion.cli.Builds.Built;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Replacement;
import dev.pinion.sim.Simulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Replaces a running program after its files have changed. A program that cannot be built, or that declares something
 * wrong, is reported, and the one before goes on.
 */
final class Reloader implements AutoCloseable {
  /** Programs define themselves within a moment. */
  private static final long DEFINE_MILLIS = 5000;
  private static final long LOOK_MILLIS = 100;

  private final Builds builds;
  private final Simulator simulator;
  private final SideInspection inspection;
  private final PrintStream err;
  private final Thread thread;
  private Map<String, byte[]> running;
  private List<Path> libraries;
  private List<String> retired = List.of();
  private boolean broken;
  /** Whether something else than code has changed since the running program was there. */
  private boolean pending;
  /** What has changed while the last reload waited for the program. */
  private Set<Path> newer = Set.of();
  private volatile boolean closed;

  /**
   * A reloader of a program that runs.
   *
   * @param running its classes
   * @param read its files when they were read
   */
  Reloader(Builds builds, Simulator simulator, SideInspection inspection, Built running, FirstLook read,
      PrintStream err) {
    this.builds = builds;
    this.simulator = simulator;
    this.inspection = inspection;
    this.running = running.classes();
    libraries = running.program().libraries();
    this.err = err;
    // A jar that is replaced is another one for the next program.
    URLConnection.setDefaultUseCaches("jar", false);
    thread = Thread.ofPlatform().name("pinion-reload").daemon().unstarted(() -> run(read));
  }

  /** Starts to watch the program's files. */
  void start() {
    thread.start();
  }

  /** Prepares for the first change, while there is nothing else to do. */
  void warm() {
    builds.warm();
  }

  private void run(FirstLook read) {
    try (builds;
        FolderEvents events = FolderEvents.start(err::println);
        Saves saves = Saves.of(events, builds.watched(), builds.pauseMillis(), read, err::println)) {
      while (!closed) next(saves);
    } catch (IOException e) {
      err.println(
          "note: changes of the program are not noticed: " + FileTrouble.of(e).orElseGet(e::toString)
              + ": start the command again after them");
    }
  }

  private void next(Saves saves) {
    try {
      Set<Path> changed = newer.isEmpty() ? saves.await() : newer;
      newer = Set.of();
      reload(changed, saves, System.nanoTime());
      saves.watch(builds.watched());
    } catch (InterruptedException _) {
      // it ends
    }
  }

  private void reload(Set<Path> changed, Saves saves, long start) throws InterruptedException {
    try {
      pending |= changed.stream().anyMatch(each -> !isCode(each));
      Built built = build(changed, saves);
      if (isTheSame(built)) {
        if (broken || !isBeside(changed, built.program())) same();
        return;
      }
      replace(built, start, saves);
    } catch (UserException mistake) {
      refused(ErrorForm.of(String.valueOf(mistake.getMessage())));
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable thrown) { // a bug of ours must not stop the app
      if (closed) return;
      Optional<String> trouble = FileTrouble.of(thrown);
      if (trouble.isPresent()) {
        refused("error: " + trouble.get());
        return;
      }
      err.println("warning: internal error in Pinion while it reloaded the app, which keeps running. Please report it"
          + " with the following lines:");
      thrown.printStackTrace(err);
    }
  }

  private Built build(Set<Path> changed, Saves saves) {
    try {
      return builds.build(changed, saves::watch);
    } finally {
      // An annotation processor may leave the thread interrupted.
      if (Thread.interrupted() && closed) Thread.currentThread().interrupt();
    }
  }

  private static boolean isCode(Path file) {
    return file.toString().endsWith(".java") || file.toString().endsWith(".class");
  }

  /** Whether only sources have changed that a single-file program does not use. */
  private static boolean isBeside(Set<Path> changed, Program program) {
    if (!Files.isRegularFile(program.path())) return false;
    Set<Path> own = program.sources().stream().map(each -> each.toAbsolutePath().normalize())
        .collect(Collectors.toSet());
    return changed.stream().allMatch(each -> each.toString().endsWith(".java") && !own.contains(each));
  }

  /** Whether the program would be the same: a comment, a space at the end of a line. */
  private boolean isTheSame(Built built) {
    return !pending && built.program().libraries().equals(libraries) && equal(built.classes(), running);
  }

  private static boolean equal(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream().allMatch(each -> Arrays.equals(each.getValue(), other.get(each.getKey())));
  }

  /** Names handlers and threads that programs before the running one have left. */
  private void nameRetired() {
    List<String> left = simulator.status().retired();
    left.stream().filter(each -> !retired.contains(each)).forEach(err::println);
    retired = left;
  }

  private void replace(Built built, long start, Saves saves) throws InterruptedException {
    nameRetired();
    ProgramLoader loader = built.loader();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      AppClass app = AppClass.of(loader, built.program());
      Optional<Replacement> next = defined(loader, app, saves);
      if (next.isPresent()) replace(built, loader, app, next.get(), start);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Creates the app and runs its define; empty if that was given up. */
  private Optional<Replacement> defined(ProgramLoader loader, AppClass app, Saves saves) throws InterruptedException {
    var define = DefineThread.start(loader, () -> simulator.prepare(app.create()));
    Optional<Replacement> next = define.await(DEFINE_MILLIS);
    if (next.isPresent()) return next;
    refused(define.late(DEFINE_MILLIS));
    saves.watch(builds.watched());
    while (next.isEmpty()) {
      newer = saves.await(LOOK_MILLIS);
      if (!newer.isEmpty()) {
        err.println(define.giveUp());
        return Optional.empty();
      }
      next = define.await(0);
    }
    return next;
  }

  private void replace(Built built, ProgramLoader loader, AppClass app, Replacement next, long start) {
    inspection.after(loader, app.name(), () -> {
      Reloaded result = simulator.reload(next);
      switch (result) {
        case Reloaded.Applied(_, List<String> changes) -> {
          running = built.classes();
          libraries = built.program().libraries();
          applied(changes, start);
          builds.keep();
        }
        case Reloaded.Refused(List<String> reasons) -> refused(ErrorForm.of(String.join("\n", reasons)));
      }
      return result instanceof Reloaded.Applied;
    });
  }

  private void applied(List<String> changes, long start) {
    broken = false;
    pending = false;
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    err.println("reloaded in " + millis + " ms" + (changes.isEmpty() ? "" : ": " + String.join("; ", changes)));
    err.flush();
  }

  private void same() {
    simulator.problem(Optional.empty());
    err.println(
        broken ? "mended: the program that runs is what the files say" : "saved: the compiled program is the same");
    err.flush();
    broken = false;
  }

  private void refused(String message) {
    if (closed) return;
    broken = true;
    simulator.problem(Optional.of(message));
    err.println(message);
    err.println("the program from before runs on until this is mended");
    err.flush();
  }

  /** Ends watching. A reload that is going on may end, but is not reported. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
