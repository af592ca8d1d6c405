package dev.pinion.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The libraries that were considered for one purpose, each measured in its own JVMs. The Maven profile {@code engines}
 * builds them.
 *
 * @param target the build folder of this module
 * @param jarsByTrial by the class that measures a library, the prefixes of the names of its jars
 */
record Candidates(Path target, Map<String, List<String>> jarsByTrial) {

  static Candidates of(Repository repository, Map<String, List<String>> jarsByTrial) {
    return new Candidates(repository.root().resolve("benchmarks/target"), jarsByTrial);
  }

  /** Runs a trial in a new JVM, and returns the figures that it prints. */
  List<Double> run(String trial, String... arguments) throws IOException {
    String classPath = Stream.concat(Stream.of(target.resolve("classes")), jars(trial).stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = Stream.concat(
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
            // The two native engines need these options.
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-cp", classPath, "dev.pinion.benchmarks." + trial),
        Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String figures = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return Stream.of(figures.split(" ")).map(Double::valueOf).toList();
  }

  /** Returns the size of a library's jars. */
  long kilobytes(String trial) throws IOException {
    return jars(trial).stream().mapToLong(jar -> jar.toFile().length()).sum() / 1024;
  }

  private List<Path> jars(String trial) throws IOException {
    List<String> beginnings = jarsByTrial.getOrDefault(trial, List.of());
    try (Stream<Path> all = Files.list(target.resolve("engines"))) {
      return all.filter(jar -> beginnings.stream().anyMatch(jar.getFileName().toString()::startsWith)).sorted()
          .toList();
    }
  }
}
