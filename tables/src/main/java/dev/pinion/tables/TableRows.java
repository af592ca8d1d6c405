package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.ValidationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  /** The rows of the layout's indexes, and then of those that are kept. */
  private final List<SortedRows> indexes;
  /** Indexes that are declared no longer, but that what runs may still read. */
  private final List<TableLayout.Index> kept;

  private TableRows(TableLayout layout, SortedRows rows, List<SortedRows> indexes, List<TableLayout.Index> kept) {
    this.layout = layout;
    this.rows = rows;
    this.indexes = indexes;
    this.kept = kept;
  }

  /** An index's key, and the rows that have it, by that and then the table's. */
  record Indexed(KeySchema key, SortedRows rows) {}

  /** The rows of a table, sorted by their keys. */
  static TableRows of(TableLayout layout, List<Map.Entry<byte[], Row>> sorted) {
    List<SortedRows> indexes = new ArrayList<>();
    for (TableLayout.Index index : layout.indexes()) {
      indexes.add(entries(index, sorted));
    }
    return new TableRows(layout, SortedRows.of(sorted), indexes, List.of());
  }

  private static SortedRows entries(TableLayout.Index index, List<Map.Entry<byte[], Row>> rows) {
    return SortedRows.of(
        rows.stream()
            .filter(entry -> index.key().isIn(entry.getValue()::attribute))
            .map(entry -> indexEntry(index, entry.getKey(), entry.getValue()))
            .sorted(Map.Entry.comparingByKey(UNSIGNED))
            .toList());
  }

  /**
   * These rows with other indexes. Those that are declared no longer can be read until the next change.
   *
   * @param inUse whether this also holds for those of the change before
   * @param prepared new indexes that are built already; the others are built
   */
  TableRows withLayout(TableLayout next, boolean inUse, PreparedIndexes prepared) {
    List<TableLayout.Index> before = all();
    List<TableLayout.Index> goOn = new ArrayList<>(inUse ? before : layout.indexes());
    goOn.removeAll(next.indexes());
    List<SortedRows> changed = new ArrayList<>();
    for (TableLayout.Index index : next.indexes()) {
      int present = before.indexOf(index);
      @Nullable SortedRows built = present < 0 ? prepared.of(next.id(), index, rows) : indexes.get(present);
      changed.add(built == null ? entries(index) : built);
    }
    goOn.forEach(index -> changed.add(indexes.get(before.indexOf(index))));
    return new TableRows(next, rows, changed, List.copyOf(goOn));
  }

  /** Returns the indexes of another layout that these rows do not have, if it has the same key. */
  List<TableLayout.Index> missing(TableLayout next) {
    List<TableLayout.Index> present = all();
    return next.key().equals(layout.key())
        ? next.indexes().stream().filter(each -> !present.contains(each)).toList()
        : List.of();
  }

  /** Returns the rows of an index, whether these have it or not. */
  SortedRows entries(TableLayout.Index index) {
    return entries(index, sorted());
  }

  /** Returns whether there are indexes that are declared no longer. */
  boolean keepsIndexes() {
    return !kept.isEmpty();
  }

  private List<TableLayout.Index> all() {
    return kept.isEmpty() ? layout.indexes() : Stream.concat(layout.indexes().stream(), kept.stream()).toList();
  }

  private List<Map.Entry<byte[], Row>> sorted() {
    List<Map.Entry<byte[], Row>> sorted = new ArrayList<>(rows.size());
    rows.visit(KeyRange.ALL, false, (key, row) -> sorted.add(Map.entry(key, row)));
    return sorted;
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

  /**
   * Returns an index.
   *
   * @throws dev.pinion.ValidationException when there is none with the name
   */
  Indexed index(String name) {
    List<TableLayout.Index> all = all();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(name)) return new Indexed(all.get(i).key(), indexes.get(i));
    }
    throw new ValidationException("The table does not have the specified index: " + name);
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
    return new TableRows(layout, rows.with(key, row), reindexed(key, rows.get(key), row), kept);
  }

  TableRows without(byte[] key) {
    return new TableRows(layout, rows.without(key), reindexed(key, rows.get(key), null), kept);
  }

  private List<SortedRows> reindexed(byte[] key, @Nullable Row before, @Nullable Row after) {
    if (indexes.isEmpty()) {
      return indexes;
    }
    List<SortedRows> changed = new ArrayList<>(indexes);
    List<TableLayout.Index> all = all();
    for (int i = 0; i < changed.size(); i++) {
      changed.set(i, reindexed(all.get(i), changed.get(i), key, before, after));
    }
    return changed;
  }

  /** Returns the rows of an index after one row of the table has changed. */
  static SortedRows reindexed(
      TableLayout.Index index, SortedRows rows, byte[] key, @Nullable Row before, @Nullable Row after) {
    SortedRows entries = rows;
    if (before != null && index.key().isIn(before::attribute)) {
      entries = entries.without(entryKey(index.key(), key, before));
    }
    if (after != null && index.key().isIn(after::attribute)) {
      entries = entries.with(entryKey(index.key(), key, after), after);
    }
    return entries;
  }
}
