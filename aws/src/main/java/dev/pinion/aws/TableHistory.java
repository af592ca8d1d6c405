package dev.pinion.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables that earlier compilations wrote to a folder. A compilation over them reports which rows a deployment would
 * lose.
 *
 * @param tables by id, the last compilation's tables
 * @param earlier by id, the keys of tables that were removed before that
 */
public record TableHistory(Map<String, KnownTable> tables, Map<String, String> earlier) {
  /** The history of a folder without a compilation. */
  public static final TableHistory NONE = new TableHistory(Map.of(), Map.of());

  public TableHistory {
    tables = Map.copyOf(tables);
    earlier = Map.copyOf(earlier);
  }

  /** Returns the tables of a plan as the last compilation's. */
  public static TableHistory of(Plan plan) {
    return new TableHistory(
        plan.tables().stream().collect(Collectors.toMap(TablePlan::path, KnownTable::of)), Map.of());
  }

  /** Returns the keys of the last compilation's tables, ordered by id. */
  public SortedMap<String, String> keys() {
    SortedMap<String, String> keys = new TreeMap<>();
    tables.forEach((id, table) -> keys.put(id, table.keys()));
    return keys;
  }

  /** Returns the tables of all earlier compilations that a plan does not have, with their keys, ordered by id. */
  public SortedMap<String, String> removed(Plan plan) {
    SortedMap<String, String> removed = new TreeMap<>(earlier);
    removed.putAll(keys());
    plan.tables().forEach(table -> removed.remove(table.path()));
    return removed;
  }

  /**
   * Returns a warning for each table of the last compilation that a plan would replace, or no longer has, and for each
   * change of one that a deployment cannot make at once.
   *
   * @param replaced what happens to a table whose keys change
   * @param lost what happens to a table that is no longer in the program
   * @param oneIndexOnly whether a deployment adds or removes at most one index of a table
   */
  public List<String> warnings(Plan plan, String replaced, String lost, boolean oneIndexOnly) {
    Map<String, KnownTable> now = of(plan).tables();
    List<String> warnings = new ArrayList<>();
    new TreeMap<>(tables).forEach((id, table) -> {
      KnownTable current = now.get(id);
      if (current == null) {
        warnings
            .add("warning: table '" + id + "' was in the last compilation and is no longer in the program: " + lost);
      } else if (!current.keys().equals(table.keys())) {
        warnings.add(
            "warning: the keys of table '" + id + "' were " + table.keys() + " in the last compilation and are now "
                + current.keys() + ": " + replaced);
      } else {
        warnings.addAll(table.warnings(id, current, oneIndexOnly));
      }
    });
    return warnings;
  }
}
