package dev.pinion.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All tables as a file's commits left them, while they are read one after another. One thread. */
final class StoredTables {
  private final Map<String, Stored> tables = new TreeMap<>();
  private final long taken;
  private final List<RowChange> changes = new ArrayList<>();
  private long lastChange;

  /**
   * No tables.
   *
   * @param taken the number of the last change that was passed on
   */
  StoredTables(long taken) {
    this.taken = taken;
  }

  /** One table's key in words, and its rows. */
  private static final class Stored {
    private final TreeMap<byte[], Row> rows = new TreeMap<>(Arrays::compareUnsigned);
    private String key = "";
  }

  /** Applies a commit's content. */
  void apply(byte[] content) {
    BytesIn in = new BytesIn(content);
    Stored table = new Stored();
    while (in.hasMore()) {
      int kind = in.get();
      switch (kind) {
        case CommitWriter.TABLE -> table = table(in.text());
        case CommitWriter.ROW -> table.rows.put(in.bytes(), row(in));
        case CommitWriter.DELETED -> table.rows.remove(in.bytes());
        case CommitWriter.KEY -> table.key = in.text();
        case CommitWriter.CHANGE -> change(RowChange.read(in));
        case CommitWriter.LAST_CHANGE -> lastChange = Math.max(lastChange, in.fixed());
        default -> throw new IllegalArgumentException("no part of a commit has the number " + kind);
      }
    }
  }

  private void change(RowChange change) {
    lastChange = Math.max(lastChange, change.number());
    if (change.number() > taken) changes.add(change);
  }

  /** Returns the number of the last change. */
  long lastChange() {
    return lastChange;
  }

  /** Returns the changes that were not passed on. */
  List<RowChange> changes() {
    return changes;
  }

  private Stored table(String id) {
    return tables.computeIfAbsent(id, _ -> new Stored());
  }

  private static Row row(BytesIn in) {
    int size = in.number();
    return new Row(in.bytes(), size);
  }

  /** Returns the key of a table's rows in words; empty for a table that has never been declared. */
  String key(String id) {
    return table(id).key;
  }

  /** Takes a table's rows, sorted by their keys. */
  List<Map.Entry<byte[], Row>> take(String id) {
    Stored taken = tables.remove(id);
    return taken == null ? List.of() : new ArrayList<>(taken.rows.entrySet());
  }

  boolean isEmpty(String id) {
    return table(id).rows.isEmpty();
  }

  /** Takes the tables that are left, which the app does not declare. */
  List<UndeclaredTable> takeOthers() {
    List<UndeclaredTable> others = new ArrayList<>();
    for (String id : List.copyOf(tables.keySet())) {
      String key = key(id);
      others.add(new UndeclaredTable(id, key, SortedRows.of(take(id))));
    }
    return others.stream().filter(each -> each.rows().size() > 0).toList();
  }
}
