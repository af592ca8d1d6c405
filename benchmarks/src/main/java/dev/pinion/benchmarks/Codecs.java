package dev.pinion.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the libraries that were considered for converting records to and from JSON. */
final class Codecs {
  /** By the trial of a codec, the prefixes of the names of its jars. */
  private static final Map<String, List<String>> CANDIDATES = new LinkedHashMap<>();

  static {
    CANDIDATES.put("PinionCodec", List.of("pinion-core", "pinion-json"));
    CANDIDATES.put("GsonCodec", List.of("gson"));
    CANDIDATES.put("JacksonJrCodec", List.of("jackson-jr", "jackson-core"));
    CANDIDATES.put("JacksonCodec", List.of("jackson-databind", "jackson-core", "jackson-annotations"));
  }

  private final Candidates candidates;

  Codecs(Repository repository) {
    candidates = Candidates.of(repository, CANDIDATES);
  }

  /** Returns the figures as a table in Markdown. */
  String table(int rounds) throws IOException {
    Map<String, List<List<Double>>> all = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String codec : CANDIDATES.keySet()) {
        all.computeIfAbsent(codec, _ -> new ArrayList<>()).add(candidates.run(codec));
      }
    }
    StringBuilder table = new StringBuilder(
        """
            | codec | first record read and written, ms | each later one, µs | jars, KB |
            |---|---|---|---|
            """);
    for (String codec : all.keySet()) {
      table.append("| " + codec + " | " + column(all.get(codec), 0) + " | " + column(all.get(codec), 1) + " | "
          + candidates.kilobytes(codec) + " |\n");
    }
    return table.toString();
  }

  private static String column(List<List<Double>> rounds, int index) {
    Figures figures = new Figures(rounds.stream().map(each -> each.get(index)).toList());
    return figures + " (" + figures.range() + ")";
  }
}
