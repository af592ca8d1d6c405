package dev.pinion.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A process that runs the command, as a user starts it. It is ended at the latest when this is closed.
final class Child implements AutoCloseable {
  private static final String FUNCTION = "-Dpinion.function=";
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private Child(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader();
    this.err = err;
  }

  /// The command from the classes of this build.
  static Child of(Path folder, String... arguments) {
    return start(java(System.getProperty("java.class.path"), arguments), folder, Map.of());
  }

  /// The command from the classes of this build, with more of an environment.
  static Child of(Path folder, Map<String, String> environment, String... arguments) {
    return start(java(System.getProperty("java.class.path"), arguments), folder, environment);
  }

  /// The command from the classes of this build, with other jars for functions than the build's.
  static Child withFunction(Path folder, Path function, Map<String, String> environment, String... arguments) {
    List<String> command = java(System.getProperty("java.class.path"), arguments);
    command.replaceAll(each -> each.startsWith(FUNCTION) ? FUNCTION + function : each);
    return start(command, folder, environment);
  }

  /// The command from the jars of this build, which an integration test has.
  static Child packaged(Path folder, String... arguments) {
    return start(java(lib() + File.separator + "*", arguments), folder, Map.of());
  }

  /// The command from the jars of this build, with the standard error in the standard output.
  static Child packagedMerged(Path folder, String... arguments) {
    return start(new ProcessBuilder(java(lib() + File.separator + "*", arguments)).redirectErrorStream(true), folder);
  }

  /// The command from the classes of this build, with the standard error in the standard output, in the order of both.
  static Child merged(Path folder, String... arguments) {
    List<String> command = java(System.getProperty("java.class.path"), arguments);
    return start(new ProcessBuilder(command).redirectErrorStream(true), folder);
  }

  private static List<String> java(String classPath, String... arguments) {
    List<String> command = new ArrayList<>();
    String function = FUNCTION + SourceLimitsTest.root().resolve("lambda/target/lib");
    // Short processes are cheaper without the second compiler.
    command.addAll(
        List.of(
            JAVA_HOME.resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", function, "-cp",
            classPath, PinionCommand.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /// Any command, with more of an environment.
  static Child start(List<String> command, Path folder, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return start(builder, folder);
  }

  private static Child start(ProcessBuilder builder, Path folder) {
    try {
      Path err = Files.createTempFile("pinion-child", ".err");
      builder.directory(folder.toFile()).redirectError(err.toFile());
      return new Child(builder.start(), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where the build puts the jars.
  static Path lib() {
    return SourceLimitsTest.root().resolve("cli/target/lib");
  }

  /// Waits for a line that begins so, and gives its rest.
  String await(String start) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) return line.substring(start.length());
      before.add(line);
    }
    throw new AssertionError("no line begins with '" + start + "': " + before + "\n" + Files.readString(err));
  }

  /// Waits for a line with this text.
  void awaitContaining(String text) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.contains(text)) return;
      before.add(line);
    }
    throw new AssertionError("no line contains '" + text + "': " + before + "\n" + Files.readString(err));
  }

  /// Sends a signal such as `INT`.
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
  }

  /// Writes to its standard input.
  void write(String text) throws IOException {
    process.outputWriter().write(text);
    process.outputWriter().flush();
  }

  /// Waits for its end; what it had printed and nobody had read.
  Ran end() throws IOException, InterruptedException {
    StringBuilder rest = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      rest.append(line).append('\n');
    }
    int code = process.waitFor();
    return new Ran(code, rest.toString(), Files.readString(err));
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
    try {
      Files.deleteIfExists(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
