package dev.pinion.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A build tool, which runs as a separate process on the JDK of this one.
 *
 * @param command its executable file
 */
record BuildTool(String command) {
  /**
   * The result of a run.
   *
   * @param code the exit code; 0 for success
   * @param output everything that it printed
   */
  record Outcome(int code, String output) {}

  /** Finds an executable file on the PATH. */
  static Optional<Path> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs the tool in a folder and waits for it. */
  Outcome run(Path folder, List<String> arguments) {
    return run(folder, arguments, _ -> {});
  }

  /**
   * Runs the tool in a folder and waits for it.
   *
   * @param progress receives each line of output
   */
  Outcome run(Path folder, List<String> arguments, Consumer<String> progress) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(all).directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = started(builder);
      process.getOutputStream().close();
      StringBuilder output = new StringBuilder();
      try (BufferedReader lines = process.inputReader(Charset.defaultCharset())) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          output.append(line).append('\n');
          progress.accept(line);
        }
      }
      return new Outcome(process.waitFor(), output.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UserException("error: cannot run " + command + ": " + e.getMessage(), e);
    }
  }
}
