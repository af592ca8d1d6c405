package dev.pinion.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * A look at the files of a program after it was read and before it was compiled.
 *
 * @param contents what there was, by sizes and dates
 * @param changed what was changed since the reading began
 */
record FirstLook(ProgramContents contents, Set<Path> changed) {
  FirstLook {
    changed = Set.copyOf(changed);
  }

  /**
   * Looks at the files.
   *
   * @param began when the reading of the program began
   * @param resolved files that the reading may have written itself
   */
  static FirstLook at(WatchedFiles watched, Instant began, Set<Path> resolved) {
    ProgramContents contents = ProgramContents.unread(watched);
    Set<Path> changed = contents.changedSince(began);
    changed.removeAll(resolved);
    return new FirstLook(contents, changed);
  }

  /** Returns the files that may be others than when the program was read. */
  Set<Path> changes(ProgramContents now) {
    Set<Path> all = new TreeSet<>(changed);
    all.addAll(contents.touched(now));
    return all;
  }
}
