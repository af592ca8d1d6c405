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
 * Libraries that were considered for one job, each measured in JVMs of its own; built by the Maven profile {@code
 * engines}.
 *
 * @param target the folder of this module's build
 * @param jarsByTrial the class that measures a library, to the beginnings of its jars' names
 */
record Candidates(Path target, Map<String, List<String>> jarsByTrial) {

  static Candidates of(Repository repository, Map<String, List<String>> jarsByTrial) {
    return new Candidates(repository.root().resolve("benchmarks/target"), jarsByTrial);
  }

  /** The figures that a trial prints in a new JVM. */
  List<Double> run(String trial, String... arguments) throws IOException {
    String classPath = Stream.concat(Stream.of(target.resolve("classes")), jars(trial).stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = Stream.concat(
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
            // What the two native engines ask for.
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-cp", classPath, "dev.pinion.benchmarks." + trial),
        Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String figures = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return Stream.of(figures.split(" ")).map(Double::valueOf).toList();
  }

  /** The size of a library's jars. */
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
