package dev.pinion.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables that earlier compilations wrote to a folder. A compilation over them reports which rows a deployment would
 * lose.
 *
 * @param tables by id, the keys of the last compilation's tables
 * @param earlier by id, the keys of tables that were removed before that
 */
public record TableHistory(Map<String, String> tables, Map<String, String> earlier) {
  /** The history of a folder without a compilation. */
  public static final TableHistory NONE = new TableHistory(Map.of(), Map.of());

  public TableHistory {
    tables = Map.copyOf(tables);
    earlier = Map.copyOf(earlier);
  }

  /** Returns the tables of a plan as the last compilation's. */
  public static TableHistory of(Plan plan) {
    return new TableHistory(plan.tables().stream().collect(Collectors.toMap(TablePlan::path, TablePlan::keys)),
        Map.of());
  }

  /** Returns the tables of all earlier compilations that a plan does not have, with their keys, ordered by id. */
  public SortedMap<String, String> removed(Plan plan) {
    SortedMap<String, String> removed = new TreeMap<>(earlier);
    removed.putAll(tables);
    plan.tables().forEach(table -> removed.remove(table.path()));
    return removed;
  }

  /**
   * Returns a warning for each table of the last compilation that a plan would replace or no longer has.
   *
   * @param replaced what happens to a table whose keys change
   * @param lost what happens to a table that is no longer in the program
   */
  public List<String> warnings(Plan plan, String replaced, String lost) {
    Map<String, String> now = new LinkedHashMap<>();
    plan.tables().forEach(table -> now.put(table.path(), table.keys()));
    List<String> warnings = new ArrayList<>();
    new TreeMap<>(tables).forEach((id, keys) -> {
      String current = now.get(id);
      if (current == null) {
        warnings
            .add("warning: table '" + id + "' was in the last compilation and is no longer in the program: " + lost);
      } else if (!current.equals(keys)) {
        warnings.add(
            "warning: the keys of table '" + id + "' were " + keys + " in the last compilation and are now " + current
                + ": " + replaced);
      }
    });
    return warnings;
  }
}
