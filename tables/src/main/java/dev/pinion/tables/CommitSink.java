package dev.pinion.tables;

import dev.pinion.tables.UncommittedWrite.Change;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where commits are kept beyond this process. Used by one thread at a time. */
interface CommitSink {
  /** Keeps nothing: the rows live as long as the process. */
  CommitSink NONE = new CommitSink() {
    @Override
    public void write(Map<String, String> keys, List<Change> changes, List<RowChange> captured) {}

    @Override
    public void written(Snapshot after) {}

    @Override
    public Optional<UndeclaredTable> undeclared(String id) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  };

  /**
   * Keeps changes, all or none of them.
   *
   * @param keys the keys in words of tables that are new, by table
   * @param captured changes that are to be handled, which are kept too
   * @throws IOException when they cannot be kept; the next write may succeed
   */
  void write(Map<String, String> keys, List<Change> changes, List<RowChange> captured) throws IOException;

  /**
   * All captured changes of the last commit, and of those before, have been passed on, and need not be kept.
   *
   * @param after all rows
   */
  void written(Snapshot after);

  /** Returns a table with rows that is not among those of the snapshot. */
  Optional<UndeclaredTable> undeclared(String id);

  /** Takes no more commits, and returns when all are kept. */
  void close() throws IOException;
}
