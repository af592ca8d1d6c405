package dev.pinion.tables;

import dev.pinion.tables.UncommittedWrite.Change;
import java.nio.ByteBuffer;

/**
 * Composes the content of a commit: for each table its id, then its key in words, if that is new, and its changed rows.
 * One thread.
 */
final class CommitWriter {
  /** The table of what follows. */
  static final int TABLE = 0;
  /** A row that was put: key, size, attributes. */
  static final int ROW = 1;
  /** The key of a row that was deleted. */
  static final int DELETED = 2;
  /** The table's key in words. */
  static final int KEY = 3;

  /** A change of a row that is to be handled. */
  static final int CHANGE = 4;
  /** The number of the last change. */
  static final int LAST_CHANGE = 5;

  private static final int KEPT = 1 << 20;

  private BytesOut out = new BytesOut(1024);
  private String table = "";

  /** Begins the content of another commit. */
  void clear() {
    out = new BytesOut(Math.min(out.size() + 64, KEPT));
    table = "";
  }

  private void table(String id) {
    if (!id.equals(table)) {
      out.put(TABLE).text(id);
      table = id;
    }
  }

  void key(String id, String words) {
    table(id);
    out.put(KEY).text(words);
  }

  void row(String id, byte[] key, Row row) {
    table(id);
    out.put(ROW).bytes(key).number(row.size()).bytes(row.bytes());
  }

  void change(Change change) {
    Row row = change.row();
    if (row == null) {
      table(change.table());
      out.put(DELETED).bytes(change.key());
    } else {
      row(change.table(), change.key(), row);
    }
  }

  void captured(RowChange change) {
    RowChange.write(out.put(CHANGE), change);
  }

  void lastChange(long number) {
    out.put(LAST_CHANGE).fixed(number);
  }

  int size() {
    return out.size();
  }

  /** Returns the content, which is valid until more is added. */
  ByteBuffer content() {
    return out.view();
  }
}
