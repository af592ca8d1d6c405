package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures the engines that were considered for the file of the tables. */
final class Engines {
  /** By the trial of an engine, the prefixes of the names of its jars. */
  private static final Map<String, List<String>> CANDIDATES = new LinkedHashMap<>();

  static {
    CANDIDATES.put("MvStoreEngine", List.of("h2-mvstore"));
    CANDIDATES.put("LmdbEngine", List.of("lmdbjava", "native", "jnr", "jffi", "asm"));
    CANDIDATES.put("RocksDbEngine", List.of("rocksdbjni"));
  }

  private final Candidates candidates;

  Engines(Repository repository) {
    candidates = Candidates.of(repository, CANDIDATES);
  }

  /** The figures of one engine, round by round. */
  private record Measured(List<Double> opens, List<Double> puts, List<Double> syncs, List<Double> scans) {
    Measured() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    String row() {
      return Stream.of(opens, puts, syncs, scans).map(Figures::new)
          .map(figures -> figures + " (" + figures.range() + ") | ").collect(Collectors.joining());
    }
  }

  /** Returns the figures as a table in Markdown. */
  String table(int rounds) throws IOException {
    Map<String, Measured> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String engine : CANDIDATES.keySet()) {
        measure(engine, all.computeIfAbsent(engine, _ -> new Measured()));
      }
    }
    StringBuilder table = new StringBuilder(
        """
            | engine | open and read 1,000 rows, ms | put, µs | put and sync, µs | scan of 1,000 rows, µs | jars, KB |
            |---|---|---|---|---|---|
            """);
    for (Map.Entry<String, Measured> each : all.entrySet()) {
      table.append(
          "| " + each.getKey() + " | " + each.getValue().row() + candidates.kilobytes(each.getKey()) + " |\n");
    }
    return table.toString();
  }

  private void measure(String engine, Measured measured) throws IOException {
    Path folder = Files.createTempDirectory("pinion-benchmark");
    List<Double> use = candidates.run(engine, "use", folder.toString());
    measured.puts.add(use.get(0));
    measured.syncs.add(use.get(1));
    measured.scans.add(use.get(2));
    measured.opens.addAll(candidates.run(engine, "open", folder.toString()));
    Repository.delete(folder);
  }
}
