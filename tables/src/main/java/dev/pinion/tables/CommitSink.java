package dev.pinion.tables;

import dev.pinion.tables.UncommittedWrite.Change;
import java.io.IOException;
import java.util.List;

/** Where commits are kept beyond this process. Used by one thread at a time. */
interface CommitSink {
  /** Keeps nothing: the rows live as long as the process. */
  CommitSink NONE = new CommitSink() {
    @Override
    public void write(List<Change> changes, Snapshot after) {}

    @Override
    public void close() {}
  };

  /**
   * Keeps changes, all or none of them.
   *
   * @param after all rows after the changes
   * @throws IOException when they cannot be kept; the next write may succeed
   */
  void write(List<Change> changes, Snapshot after) throws IOException;

  /** Takes no more commits, and returns when all are kept. */
  void close() throws IOException;
}
