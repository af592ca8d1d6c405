package dev.pinion.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The engines that were considered for the tables' file, each in JVMs of its own; built by the Maven profile {@code
 * engines}.
 */
final class Engines {
  /** The engine's class to the beginnings of its jars' names. */
  private static final Map<String, List<String>> CANDIDATES = new LinkedHashMap<>();

  static {
    CANDIDATES.put("MvStoreEngine", List.of("h2-mvstore"));
    CANDIDATES.put("LmdbEngine", List.of("lmdbjava", "native", "jnr", "jffi", "asm"));
    CANDIDATES.put("RocksDbEngine", List.of("rocksdbjni"));
  }

  private final Path target;

  Engines(Repository repository) {
    target = repository.root().resolve("benchmarks/target");
  }

  /** What was measured of one engine, round by round. */
  private record Measured(List<Double> opens, List<Double> puts, List<Double> syncs, List<Double> scans) {
    Measured() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    String row() {
      return Stream.of(opens, puts, syncs, scans).map(Figures::new)
          .map(figures -> figures + " (" + figures.range() + ") | ").collect(Collectors.joining());
    }
  }

  /** The figures as a table in Markdown. */
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
      long bytes = jars(each.getKey()).stream().mapToLong(jar -> jar.toFile().length()).sum();
      table.append("| " + each.getKey() + " | " + each.getValue().row() + bytes / 1024 + " |\n");
    }
    return table.toString();
  }

  private void measure(String engine, Measured measured) throws IOException {
    Path folder = Files.createTempDirectory("pinion-benchmark");
    List<Double> use = run(engine, "use", folder);
    measured.puts.add(use.get(0));
    measured.syncs.add(use.get(1));
    measured.scans.add(use.get(2));
    measured.opens.addAll(run(engine, "open", folder));
    Repository.delete(folder);
  }

  private List<Double> run(String engine, String what, Path folder) throws IOException {
    String classPath = Stream.concat(Stream.of(target.resolve("classes")), jars(engine).stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        // What the two native engines ask for.
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "-cp", classPath, "dev.pinion.benchmarks." + engine, what, folder.toString());
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String figures = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return Stream.of(figures.split(" ")).map(Double::valueOf).toList();
  }

  private List<Path> jars(String engine) throws IOException {
    List<String> beginnings = CANDIDATES.getOrDefault(engine, List.of());
    try (Stream<Path> all = Files.list(target.resolve("engines"))) {
      return all.filter(jar -> beginnings.stream().anyMatch(jar.getFileName().toString()::startsWith)).sorted()
          .toList();
    }
  }
}
