package dev.pinion.tables;

import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What other declarations mean for the tables' rows. A table that is declared no longer keeps its rows, for whatever
 * still uses it, and for the day on which it is declared again. One thread.
 */
final class TablesChange {
  private final UncommittedWrite pending;
  private final CommitSink file;
  private final boolean inUse;
  private final PreparedIndexes prepared;
  private final List<String> refusals = new ArrayList<>();

  private TablesChange(UncommittedWrite pending, CommitSink file, boolean inUse, PreparedIndexes prepared) {
    this.pending = pending;
    this.file = file;
    this.inUse = inUse;
    this.prepared = prepared;
  }

  /**
   * Adds the change to a pending write, or nothing if it cannot be made.
   *
   * @param inUse whether the indexes that the change before took away may still be read
   * @param prepared new indexes, as far as they are built already
   * @return why it cannot be made: a line for each table; empty if it is added
   */
  static List<String> add(
      List<TableModel> declared, UncommittedWrite pending, CommitSink file, boolean inUse, PreparedIndexes prepared) {
    TablesChange change = new TablesChange(pending, file, inUse, prepared);
    declared.forEach(change::table);
    if (!change.refusals.isEmpty()) pending.discard();
    return List.copyOf(change.refusals);
  }

  /** Returns why a change cannot be made: a line for each table. Adds nothing, and builds nothing. */
  static List<String> refusals(List<TableModel> declared, UncommittedWrite pending, CommitSink file) {
    TablesChange change = new TablesChange(pending, file, true, PreparedIndexes.NONE);
    declared.forEach(change::check);
    return List.copyOf(change.refusals);
  }

  private void check(TableModel table) {
    KeySchema key = KeySchema.of(table);
    TableRows present = pending.snapshot().tables().get(table.id());
    if (present != null) {
      KeySchema before = present.layout().key();
      if (!before.equals(key) && present.rows().size() > 0) refuse(table, before.toString(), present.rows().size());
      return;
    }
    file.undeclared(table.id()).filter(each -> each.rows().size() > 0 && !each.key().equals(key.toString()))
        .ifPresent(each -> refuse(table, each.key(), each.rows().size()));
  }

  private void table(TableModel table) {
    TableLayout layout = TableLayout.of(table);
    Optional<TableRows> present = Optional.ofNullable(pending.snapshot().tables().get(table.id()));
    if (present.isEmpty()) {
      added(table, layout);
    } else if (present.get().layout().key().equals(layout.key())) {
      boolean ends = present.get().keepsIndexes() && !inUse;
      if (ends || !present.get().layout().equals(layout))
        pending.declare(present.get().withLayout(layout, inUse, prepared));
    } else if (present.get().rows().size() > 0) {
      refuse(table, present.get().layout().key().toString(), present.get().rows().size());
    } else {
      pending.declareNew(TableRows.of(layout, List.of()));
    }
  }

  /** A table that was not declared may have rows of an earlier time. */
  private void added(TableModel table, TableLayout layout) {
    List<Map.Entry<byte[], Row>> rows = new ArrayList<>();
    Optional<UndeclaredTable> before = file.undeclared(table.id());
    before.ifPresent(each -> each.rows().visit(KeyRange.ALL, false, (key, row) -> rows.add(Map.entry(key, row))));
    if (!rows.isEmpty() && !before.orElseThrow().key().equals(layout.key().toString())) {
      refuse(table, before.orElseThrow().key(), rows.size());
      return;
    }
    pending.declareNew(TableRows.of(layout, rows));
  }

  private void refuse(TableModel table, String before, int rows) {
    refusals.add(
        table.location() + ": table '" + table.id() + "' has " + (rows == 1 ? "1 row" : rows + " rows")
            + " of another key (" + before + ") than it now declares (" + KeySchema.of(table)
            + "): declare the key as it was, give the table another id, or stop the program and start it with --fresh,"
            + " which deletes all rows");
  }
}
