package dev.pinion.tables;

import java.util.List;

/** Takes the changes of rows in tables whose changes are handled. Called by one thread. */
public interface ChangeSink {
  /** Takes no changes. */
  ChangeSink NONE = new ChangeSink() {
    @Override
    public boolean wants(String table) {
      return false;
    }

    @Override
    public long taken() {
      return Long.MAX_VALUE;
    }

    @Override
    public void take(List<RowChange> changes) {}
  };

  /** Returns whether the changes of a table are handled. */
  boolean wants(String table);

  /** Returns the number of the last change that was taken. Those behind it are given again when tables are opened. */
  long taken();

  /**
   * Takes changes, in the order of their numbers; they are durable when this returns.
   *
   * @throws RuntimeException when that cannot be; the same changes come again later
   */
  void take(List<RowChange> changes);
}
