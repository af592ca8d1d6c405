package dev.pinion.cli;

import dev.pinion.aws.KnownTable;
import dev.pinion.aws.Plan;
import dev.pinion.aws.TableHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a cloud assembly, as lines of a file beside it. */
final class AssemblyTables {
  /** The beginning of such a line, which has fields between tabs: id, keys, time to live, and two for each index. */
  static final String START = "# table\t";
  /** The fields before those of the indexes. */
  private static final int FIRST = 3;

  private AssemblyTables() {}

  static List<String> lines(Plan plan) {
    return new TreeMap<>(TableHistory.of(plan).tables()).entrySet().stream().map(entry -> {
      KnownTable table = entry.getValue();
      Stream<String> indexes =
          table.indexes().entrySet().stream().flatMap(each -> Stream.of(each.getKey(), each.getValue()));
      return START + Stream.concat(Stream.of(entry.getKey(), table.keys(), table.timeToLive().orElse("")), indexes)
          .map(AssemblyTables::escape)
          .collect(Collectors.joining("\t"));
    }).toList();
  }

  /** Reads the lines of an earlier compilation. */
  static TableHistory read(List<String> lines) {
    Map<String, KnownTable> tables = new TreeMap<>();
    for (String line : lines) {
      if (!line.startsWith(START)) continue;
      List<String> fields = new ArrayList<>();
      Arrays.stream(line.substring(START.length()).split("\t", -1)).map(String::translateEscapes).forEach(fields::add);
      TreeMap<String, String> indexes = new TreeMap<>();
      for (int i = FIRST; i + 1 < fields.size(); i += 2) {
        indexes.put(fields.get(i), fields.get(i + 1));
      }
      tables.put(
          fields.getFirst(),
          new KnownTable(fields.get(1), Optional.of(fields.get(2)).filter(each -> !each.isEmpty()), indexes));
    }
    return new TableHistory(tables, Map.of());
  }

  private static String escape(String field) {
    return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }
}
