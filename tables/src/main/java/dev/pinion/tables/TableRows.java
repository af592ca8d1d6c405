package dev.pinion.tables;

import dev.pinion.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table's rows at one moment, by the table's key and by each index's. Immutable.
 *
 * <p>An index's entry has the row's index key and, as several rows may share that, the table's key behind it. The
 * indexes are in memory only: they follow from the rows, so a new one needs no filling on disk.
 */
final class TableRows {
  /** Up to how many rows of a table stay decoded once they are read. */
  private static final int DECODED_ROWS = 10_000;

  private final TableLayout layout;
  private final SortedRows rows;
  private final List<SortedRows> indexes;

  private TableRows(TableLayout layout, SortedRows rows, List<SortedRows> indexes) {
    this.layout = layout;
    this.rows = rows;
    this.indexes = indexes;
  }

  /** The rows of a table, sorted by their keys. */
  static TableRows of(TableLayout layout, List<Map.Entry<byte[], Row>> sorted) {
    List<SortedRows> indexes = new ArrayList<>();
    for (TableLayout.Index index : layout.indexes()) {
      indexes.add(entries(index, sorted));
    }
    return new TableRows(layout, SortedRows.of(sorted), indexes);
  }

  private static SortedRows entries(TableLayout.Index index, List<Map.Entry<byte[], Row>> rows) {
    return SortedRows.of(
        rows.stream()
            .filter(entry -> index.key().isIn(entry.getValue()::attribute))
            .map(entry -> indexEntry(index, entry.getKey(), entry.getValue()))
            .sorted(Map.Entry.comparingByKey(UNSIGNED))
            .toList());
  }

  /** These rows with other indexes; those that are there already are kept. */
  TableRows withLayout(TableLayout next) {
    List<Map.Entry<byte[], Row>> sorted = new ArrayList<>();
    rows.visit(KeyRange.ALL, false, (key, row) -> sorted.add(Map.entry(key, row)));
    List<SortedRows> changed = new ArrayList<>();
    for (TableLayout.Index index : next.indexes()) {
      int present = layout.indexes().indexOf(index);
      changed.add(present < 0 ? entries(index, sorted) : indexes.get(present));
    }
    return new TableRows(next, rows, changed);
  }

  private static final Comparator<byte[]> UNSIGNED = Arrays::compareUnsigned;

  private static Map.Entry<byte[], Row> indexEntry(TableLayout.Index index, byte[] key, Row row) {
    return Map.entry(entryKey(index.key(), key, row), row);
  }

  private static byte[] entryKey(KeySchema index, byte[] key, Row row) {
    return new KeyBytes().bytes(index.bytes(row::attribute)).bytes(key).toArray();
  }

  TableLayout layout() {
    return layout;
  }

  /** The rows by the table's own key. */
  SortedRows rows() {
    return rows;
  }

  /** The rows that have an index's key, by that and then the table's. */
  SortedRows index(int position) {
    return indexes.get(position);
  }

  @Nullable
  Row get(byte[] key) {
    return rows.get(key);
  }

  /** Returns a row's attributes, which rows of a small table keep decoded. */
  Item item(Row row) {
    return rows.size() <= DECODED_ROWS ? row.keptItem() : row.item();
  }

  TableRows with(byte[] key, Row row) {
    return new TableRows(layout, rows.with(key, row), reindexed(key, rows.get(key), row));
  }

  TableRows without(byte[] key) {
    return new TableRows(layout, rows.without(key), reindexed(key, rows.get(key), null));
  }

  private List<SortedRows> reindexed(byte[] key, @Nullable Row before, @Nullable Row after) {
    if (indexes.isEmpty()) {
      return indexes;
    }
    List<SortedRows> changed = new ArrayList<>(indexes);
    for (int i = 0; i < changed.size(); i++) {
      KeySchema index = layout.indexes().get(i).key();
      SortedRows entries = changed.get(i);
      if (before != null && index.isIn(before::attribute)) {
        entries = entries.without(entryKey(index, key, before));
      }
      if (after != null && index.isIn(after::attribute)) {
        entries = entries.with(entryKey(index, key, after), after);
      }
      changed.set(i, entries);
    }
    return changed;
  }
}
