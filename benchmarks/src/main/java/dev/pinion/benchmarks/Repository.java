package dev.pinion.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Starts the servers of a checkout that has been built. */
record Repository(Path root) {

  /** Starts a program with {@code pinion run}, as a user does, with empty tables in a folder of its own. */
  MeasuredServer pinion(String program, Path data) throws IOException {
    return MeasuredServer.start(run(program, data));
  }

  /** Starts a program as {@link #pinion(String, Path)} does, with what it logs in a file, and with more options. */
  MeasuredServer pinion(String program, Path data, Path log, String... options) throws IOException {
    Files.createDirectories(root.resolve("target"));
    return MeasuredServer.start(run(program, data, options), ProcessBuilder.Redirect.to(log.toFile()));
  }

  private List<String> run(String program, Path data, String... options) {
    List<String> command = new ArrayList<>(List.of(
        root.resolve("pinion").toString(),
        "run",
        root.resolve(program).toString(),
        "--port",
        "0",
        "--data",
        data.toString()));
    command.addAll(List.of(options));
    return command;
  }

  /** Compiles a program for AWS, as a user does. */
  void compile(String program, Path out) throws IOException {
    String said =
        output(root.resolve("pinion").toString(), "compile", "-t", "tf-aws", root.resolve(program).toString(), "--out",
            out.toString());
    if (!said.startsWith("compiled to ")) {
      throw new IOException(program + " was not compiled: " + said);
    }
  }

  /** Starts a program for a comparison with others. */
  MeasuredServer compared(String program, Path data) throws IOException {
    return MeasuredServer.start(pinned(run(program, data).toArray(new String[0])));
  }

  /** Returns a command whose threads all run on the first processor. */
  private static List<String> pinned(String... command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
    pinned.addAll(List.of(command));
    return pinned;
  }

  /** Starts a bare server of {@code ws}. */
  MeasuredServer ws(String mode) throws IOException {
    return MeasuredServer.start(pinned("node", root.resolve("benchmarks/ws/server.mjs").toString(), mode));
  }

  /** Starts a program that has an HTTP API and no WebSocket. */
  MeasuredServer web(String program, Path data) throws IOException {
    List<String> command = new ArrayList<>(run(program, data));
    command.addAll(List.of("--request-rate", "1000000"));
    return MeasuredServer.startHttp(command);
  }

  /** Starts a server of Node's {@code http}. */
  MeasuredServer http() throws IOException {
    return MeasuredServer.startHttp(List.of("node", root.resolve("benchmarks/ws/http.mjs").toString()));
  }

  /** Starts the bare server, with the collector that Pinion has. */
  MeasuredServer floor(String mode) throws IOException {
    return MeasuredServer.start(
        pinned(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmn40m", "-cp",
            root.resolve("benchmarks/target/classes").toString(), BareServer.class.getName(), mode));
  }

  /** Returns a description of the machine, as a list in Markdown. */
  String machine() throws IOException {
    List<String> lines = new ArrayList<>();
    Runtime runtime = Runtime.getRuntime();
    String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
    lines.add("- " + runtime.availableProcessors() + " processors, " + cpu);
    lines.add("- " + System.getProperty("os.name") + " " + System.getProperty("os.version"));
    lines.add("- " + System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
    lines.add("- Node " + output("node", "--version") + ", ws " + output("node", "-p",
        "require('" + root.resolve("benchmarks/ws/node_modules/ws/package.json") + "').version"));
    return String.join("\n", lines) + "\n";
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** Deletes a folder and its content. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Repository::deleteFile);
    }
  }

  private static void deleteFile(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
