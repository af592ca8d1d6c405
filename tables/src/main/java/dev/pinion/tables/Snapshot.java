package dev.pinion.tables;

import dev.pinion.spi.TableModel;
import java.util.HashMap;
import java.util.Map;

/**
 * All tables' rows at one moment: what a read sees, and what a write starts from. Immutable.
 *
 * @param tables the rows by the table's id
 */
record Snapshot(Map<String, TableRows> tables) {

  /**
   * A table's rows.
   *
   * @throws IllegalArgumentException for a table that the app did not declare
   */
  TableRows table(TableModel table) {
    TableRows rows = tables.get(table.id());
    if (rows == null) {
      throw new IllegalArgumentException("the app has declared no table '" + table.id() + "'");
    }
    return rows;
  }

  /** Returns how many bytes all rows have together, encoded. */
  long bytes() {
    return tables.values().stream().mapToLong(table -> table.rows().bytes()).sum();
  }

  Snapshot with(String table, TableRows rows) {
    Map<String, TableRows> changed = new HashMap<>(tables);
    changed.put(table, rows);
    return new Snapshot(changed);
  }
}
