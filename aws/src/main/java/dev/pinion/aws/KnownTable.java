package dev.pinion.aws;

import dev.pinion.spi.TableModel.IndexModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an earlier compilation wrote of a table.
 *
 * @param keys its keys, as in {@link TablePlan#keys()}
 * @param timeToLive the attribute of its time to live; empty without one
 * @param indexes by name, the keys of its indexes
 */
public record KnownTable(String keys, Optional<String> timeToLive, SortedMap<String, String> indexes) {
  public KnownTable {
    indexes = new TreeMap<>(indexes);
  }

  /** Returns what a plan says of a table. */
  public static KnownTable of(TablePlan table) {
    return new KnownTable(table.keys(), table.timeToLive(), table.indexes().stream().collect(Collectors.toMap(
        IndexModel::name, index -> TablePlan.keys(index.hashKey(), index.rangeKey()), (a, _) -> a, TreeMap::new)));
  }

  /** Returns a warning for each change of the time to live or an index that a deployment cannot make at once. */
  List<String> warnings(String id, KnownTable now, boolean oneIndexOnly) {
    List<String> warnings = new ArrayList<>();
    if (timeToLive.isPresent() && now.timeToLive.isPresent() && !timeToLive.equals(now.timeToLive)) {
      warnings.add(
          "warning: the time to live of table '" + id + "' was " + timeToLive.get()
              + " in the last compilation and is now " + now.timeToLive.get()
              + ": DynamoDB refuses another attribute while one is active. Deploy without timeToLive first, and with"
              + " the new one an hour later");
    }
    List<String> removed = indexes.keySet().stream().filter(each -> !now.indexes.containsKey(each)).toList();
    List<String> added = now.indexes.keySet().stream().filter(each -> !indexes.containsKey(each)).toList();
    List<String> changed = now.indexes.entrySet().stream()
        .filter(each -> !each.getValue().equals(indexes.getOrDefault(each.getKey(), each.getValue())))
        .map(each -> each.getKey())
        .toList();
    removed.forEach(index -> warnings.add(
        "warning: table '" + id + "' had the index '" + index + "' in the last compilation: it is deleted before the"
            + " handlers that query it are replaced. Deploy without those queries first"));
    changed.forEach(index -> warnings.add(
        "warning: the keys of index '" + index + "' of table '" + id + "' were " + indexes.get(index)
            + " in the last compilation and are now " + now.indexes.get(index)
            + (oneIndexOnly ? ": CloudFormation refuses that" : ": it is deleted, and empty until it is built again")
            + ". Add an index of another name first, and remove this one in a later deployment"));
    if (oneIndexOnly && removed.size() + added.size() > 1) {
      warnings.add(
          "warning: the indexes " + Stream.concat(removed.stream(), added.stream()).collect(Collectors.joining(", "))
              + " of table '" + id
              + "' were added or removed since the last compilation: CloudFormation adds or removes"
              + " one index of a table in an update. Deploy them one by one");
    }
    return warnings;
  }
}
