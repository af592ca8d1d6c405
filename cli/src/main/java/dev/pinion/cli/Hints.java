package dev.pinion.cli;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/** What says that files may have changed. One thread. */
interface Hints extends AutoCloseable {
  /**
   * Sets where to look from now on.
   *
   * @param folders folders, without their subfolders
   * @param concerns tests whether a change of a path in them matters
   */
  void watch(Set<Path> folders, Predicate<Path> concerns);

  /** Waits for a hint. */
  void await() throws InterruptedException;

  /** Waits for another hint, but no longer than a time. Returns whether there was one. */
  boolean await(long millis) throws InterruptedException;

  @Override
  void close();
}
