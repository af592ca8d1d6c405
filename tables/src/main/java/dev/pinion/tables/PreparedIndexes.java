package dev.pinion.tables;

import dev.pinion.spi.TableModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Indexes that tables are about to have, built by whoever declares them, so that the committing thread, for which
 * everybody waits, need only add what has changed since. Immutable.
 */
final class PreparedIndexes {
  static final PreparedIndexes NONE = new PreparedIndexes(Map.of());

  private final Map<Place, Prepared> all;

  private record Place(String table, TableLayout.Index index) {}

  /** An index's rows, and the table's from which they were taken. */
  private record Prepared(SortedRows from, SortedRows rows) {}

  private PreparedIndexes(Map<Place, Prepared> all) {
    this.all = all;
  }

  /** Builds the indexes that tables do not have yet. */
  static PreparedIndexes of(Snapshot snapshot, Iterable<TableModel> declared) {
    Map<Place, Prepared> all = new HashMap<>();
    for (TableModel table : declared) {
      TableRows present = snapshot.tables().get(table.id());
      if (present == null) continue;
      for (TableLayout.Index index : present.missing(TableLayout.of(table))) {
        all.put(new Place(table.id(), index), new Prepared(present.rows(), present.entries(index)));
      }
    }
    return new PreparedIndexes(all);
  }

  /** Returns the rows of an index as of now; null if it was not prepared. */
  @Nullable
  SortedRows of(String table, TableLayout.Index index, SortedRows now) {
    Prepared prepared = all.get(new Place(table, index));
    if (prepared == null) return null;
    SortedRows[] rows = {prepared.rows};
    now.since(
        prepared.from, (key, before, after) -> rows[0] = TableRows.reindexed(index, rows[0], key, before, after));
    return rows[0];
  }
}
