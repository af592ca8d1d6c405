package dev.pinion.sim;

import dev.pinion.TableChange;
import java.util.Optional;

/** Learns of the changes of an app's tables. Called by the threads that handle them, and must not block. */
public interface ChangeListener {
  /**
   * A handler has been called with a change.
   *
   * @param table the table's id
   * @param attempt from 1
   * @param failure what the handler threw; empty if it succeeded
   */
  default void handled(String table, TableChange change, int attempt, Optional<Throwable> failure) {}

  /** A change is a dead letter. */
  default void dead(String table, TableChange change) {}
}
