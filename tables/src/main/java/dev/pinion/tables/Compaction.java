package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the tables' file anew once most of it is rows of the past. */
final class Compaction {
  private static final long SMALLEST = 4L << 20;
  private static final int COMMIT_BYTES = 1 << 18;

  private final LogFile file;
  private final CommitWriter writer = new CommitWriter();
  private final FileCopy copying;

  private Compaction(LogFile file, FileCopy copying) {
    this.file = file;
    this.copying = copying;
  }

  /** Whether a file is more than twice as long as its rows need, and 4 MB more. */
  static boolean isDue(long length, long needed) {
    return length > SMALLEST + 2 * needed;
  }

  /**
   * Starts to write all rows to a copy.
   *
   * @param copy the file to write
   * @param length the tables' file's length
   * @param snapshot the rows that it has at this length
   * @param lastChange the number of the last change
   */
  static FileCopy start(
      Path copy, long length, Snapshot snapshot, List<UndeclaredTable> others, long lastChange) {
    return FileCopy.start(
        copy, length, "tables", (file, copying) -> new Compaction(file, copying).write(snapshot, others, lastChange));
  }

  private void write(Snapshot snapshot, List<UndeclaredTable> others, long lastChange) throws IOException {
    writer.lastChange(lastChange);
    snapshot.tables().forEach((id, table) -> writer.key(id, table.layout().key().toString()));
    for (UndeclaredTable other : others) {
      writer.key(other.id(), other.key());
      write(other.id(), other.rows());
    }
    for (var table : snapshot.tables().entrySet()) {
      write(table.getKey(), table.getValue().rows());
    }
    file.append(writer.content());
  }

  private void write(String table, SortedRows rows) throws IOException {
    IOException[] failed = new IOException[1];
    rows.visit(KeyRange.ALL, false, (key, row) -> {
      writer.row(table, key, row);
      if (writer.size() < COMMIT_BYTES) {
        return !copying.isAbandoned();
      }
      try {
        file.append(writer.content());
        writer.clear();
      } catch (IOException e) {
        failed[0] = e;
      }
      return failed[0] == null && !copying.isAbandoned();
    });
    if (failed[0] != null) throw failed[0];
    copying.check();
  }
}
