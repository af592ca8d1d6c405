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
   * @param above other folders, which need not allow it
   * @param concerns tests whether a change of a path in them matters
   * @return whether one of these folders was not watched until now, also one in the place of another: what changed in
   *     it before was not hinted at
   */
  boolean watch(Set<Path> folders, Set<Path> above, Predicate<Path> concerns);

  /** Waits for a hint. */
  void await() throws InterruptedException;

  /** Waits for another hint, but no longer than a time. Returns whether there was one. */
  boolean await(long millis) throws InterruptedException;

  @Override
  void close();
}
