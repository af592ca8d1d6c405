package dev.pinion.tables;

import dev.pinion.tables.UncommittedWrite.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the changes of rows whose tables' changes are handled. They are written to the tables' file together with the
 * rows, and passed on afterwards: so none is lost, whenever the process ends. Used by the committing thread alone.
 */
final class ChangeCapture {
  private final ChangeSink sink;
  private final InstantSource clock;
  private long last;
  private final List<RowChange> commit = new ArrayList<>();
  /** Changes that are on disk, and are not passed on yet. */
  private final List<RowChange> waiting;

  /**
   * Begins with what the tables' file has.
   *
   * @param last the number of the last change
   * @param waiting changes that were not passed on before
   */
  ChangeCapture(ChangeSink sink, InstantSource clock, long last, List<RowChange> waiting) {
    this.sink = sink;
    this.clock = clock;
    this.last = last;
    this.waiting = new ArrayList<>(waiting);
  }

  /** Begins another commit. */
  void begin() {
    commit.clear();
  }

  /** Adds the changes of a write to the commit. */
  void add(Snapshot before, List<Change> changes) {
    for (Change each : changes) {
      if (!sink.wants(each.table())) continue;
      TableRows rows = before.tables().get(each.table());
      Row old = rows == null ? null : rows.get(each.key());
      RowChange change = new RowChange(
          last + 1, each.table(), item(old), item(each.row()), each.expired(), clock.instant());
      // DynamoDB records no change of a row that is as it was.
      if (change.before().equals(change.after())) continue;
      last++;
      commit.add(change);
    }
  }

  private static Optional<dev.pinion.Item> item(@Nullable Row row) {
    return row == null ? Optional.empty() : Optional.of(row.item());
  }

  /** Returns the changes of the commit. */
  List<RowChange> commit() {
    return commit;
  }

  /** Takes note that the commit is on disk. */
  void committed() {
    waiting.addAll(commit);
    commit.clear();
  }

  /** Returns whether no change waits. */
  boolean hasPassedOn() {
    return waiting.isEmpty();
  }

  /** Passes changes on; those that cannot be are passed on later. Returns whether none waits. */
  @SuppressWarnings("IllegalCatch") // the write that they are of has succeeded
  boolean passOn() {
    if (waiting.isEmpty()) return true;
    try {
      sink.take(List.copyOf(waiting));
      waiting.clear();
      return true;
    } catch (RuntimeException | Error e) {
      return false; // the disk is full or fails, or there is no memory: the changes are in the tables' file
    }
  }
}
