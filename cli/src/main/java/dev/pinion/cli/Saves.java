package dev.pinion.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Waits until files of a program change. Hints only say when to look; what the files hold decides. What changes between
 * two looks is one change, and what changes after a look is found by the next. One thread.
 */
final class Saves implements AutoCloseable {
  /** A file that is empty or gone is probably about to be written. */
  private static final long GAP_MILLIS = 200;
  /** A program that writes its own files all the time is looked at nevertheless. */
  private static final int MOST_HINTS = 100;
  /** On a file system that calls a folder something else each time, it is not looked at for ever. */
  private static final int MOST_REPEATS = 10;

  private final Hints hints;
  private final Consumer<String> notes;
  private final long pause;
  private WatchedFiles watched;
  private ProgramContents seen;
  private Set<Path> early;
  private boolean unsure = true;
  private int repeats;
  private boolean noted;

  private Saves(Hints hints, WatchedFiles watched, long pause, FirstLook read, Consumer<String> notes) {
    this.hints = hints;
    this.watched = watched;
    this.pause = pause;
    this.notes = notes;
    seen = ProgramContents.of(watched, ProgramContents.NONE);
    early = read.changes(seen);
  }

  /**
   * Looks at the files of a program, to notice what changes from now on.
   *
   * @param pause how long, in milliseconds, nothing must change after a change: files are written in several steps
   * @param read what there was when the program was read: what is another now has changed
   * @param notes receives a line if not all files can be watched
   */
  static Saves of(Hints hints, WatchedFiles watched, long pause, FirstLook read, Consumer<String> notes) {
    Saves saves = new Saves(hints, watched, pause, read, notes);
    var _ = saves.watch();
    return saves;
  }

  /** Sets which files to look at from now on. What is new among them has not changed, unless it was watched before. */
  void watch(WatchedFiles files) {
    if (files.equals(watched)) return;
    seen = ProgramContents.of(files, seen).since(seen, watched::holds, files::holds);
    watched = files;
    unsure = true;
    var _ = watch();
  }

  /** Returns whether something may have changed of which there was no hint. */
  private boolean watch() {
    Set<Path> ways = seen.ways();
    boolean fresh = hints.watch(
        seen.folders(), Ways.folders(ways), path -> watched.concerns(path) || ways.contains(path));
    if (!seen.complete() && !noted) {
      noted = true;
      notes.accept("note: the program has too many files or folders to notice changes in all of them");
    }
    return fresh;
  }

  /** Waits for a change, and returns the files that have changed, are new, or are gone. */
  Set<Path> await() throws InterruptedException {
    while (true) {
      // Something may have changed after the last look and before the folders were watched.
      if (!unsure) awaitHint();
      Set<Path> changed = changed();
      if (!changed.isEmpty()) return changed;
    }
  }

  /** Waits for a change, but no longer than a time for the first hint. Empty if nothing has changed. */
  Set<Path> await(long millis) throws InterruptedException {
    return unsure || hints.await(millis) ? changed() : Set.of();
  }

  private void awaitHint() throws InterruptedException {
    repeats = 0;
    hints.await();
  }

  private Set<Path> changed() throws InterruptedException {
    unsure = false;
    settle();
    Set<Path> changed = new TreeSet<>(early);
    early = Set.of();
    changed.addAll(look());
    return changed;
  }

  private Set<Path> look() throws InterruptedException {
    ProgramContents now = ProgramContents.of(watched, seen);
    if (now.hasGap(seen.changes(now)) && hints.await(GAP_MILLIS)) {
      settle();
      now = ProgramContents.of(watched, seen);
    }
    Set<Path> changed = seen.changes(now);
    boolean moved = !now.ways().equals(seen.ways());
    seen = now;
    // Also without a new path: another folder may be in the place of one.
    boolean fresh = watch();
    unsure = (fresh || moved) && repeats++ < MOST_REPEATS;
    return changed;
  }

  private void settle() throws InterruptedException {
    for (int i = 0; i < MOST_HINTS && hints.await(pause); i++) {
      // another one
    }
  }

  @Override
  public void close() {
    hints.close();
  }
}
