package dev.pinion.tables;

import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One write's changes to all tables, before anyone else sees them. Used by the committing thread alone. */
final class UncommittedWrite {
  private final Snapshot start;
  private Snapshot snapshot;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, String> keys = new HashMap<>();

  UncommittedWrite(Snapshot start) {
    this.start = start;
    snapshot = start;
  }

  /**
   * A changed row.
   *
   * @param table the table's id
   * @param key the row's key as bytes
   * @param row the row after the change; null when it is deleted
   * @param expired whether it is deleted because its time to live is over
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Change(String table, byte[] key, @Nullable Row row, boolean expired) {
    Change(String table, byte[] key, @Nullable Row row) {
      this(table, key, row, false);
    }

    /** Returns about how many bytes the change takes in the tables' file. */
    int bytes() {
      return key.length + (row == null ? 0 : row.bytes().length);
    }
  }

  @Nullable
  Row get(TableModel table, byte[] key) {
    return snapshot.table(table).get(key);
  }

  /**
   * Puts a row.
   *
   * @throws ValidationException when the table has got another key since the row's was made
   */
  void put(TableModel table, byte[] key, Row row) {
    TableRows rows = snapshot.table(table);
    KeySchema schema = rows.layout().key();
    if (!schema.hash().equals(table.hashKey()) || !schema.range().equals(table.rangeKey())) {
      throw new ValidationException("The provided key element does not match the schema");
    }
    snapshot = snapshot.with(table.id(), rows.with(key, row));
    changes.add(new Change(table.id(), key, row));
  }

  void delete(TableModel table, byte[] key) {
    delete(table, key, false);
  }

  /** Deletes a row; it may be because its time to live is over. */
  void delete(TableModel table, byte[] key, boolean expired) {
    if (get(table, key) != null) {
      snapshot = snapshot.with(table.id(), snapshot.table(table).without(key));
      changes.add(new Change(table.id(), key, null, expired));
    }
  }

  /** Replaces a table by one of the same rows and the same key. */
  void declare(TableRows table) {
    snapshot = snapshot.with(table.layout().id(), table);
  }

  /** Adds a table, or replaces an empty one. */
  void declareNew(TableRows table) {
    declare(table);
    keys.put(table.layout().id(), table.layout().key().toString());
  }

  /** Takes all changes back. */
  void discard() {
    snapshot = start;
    changes.clear();
    keys.clear();
  }

  /** Returns the keys in words of the tables that are new, by table. */
  Map<String, String> keys() {
    return keys;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  List<Change> changes() {
    return changes;
  }
}
