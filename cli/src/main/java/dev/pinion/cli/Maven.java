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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Maven, as a process of its own that runs on the JDK of this one. */
final class Maven {
  /** The goal that writes the class path, with a fixed version of its plugin. */
  static final String CLASS_PATH_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  private final String command;

  private Maven(String command) {
    this.command = command;
  }

  /**
   * What a run of Maven left.
   *
   * @param code 0 when all went well
   * @param output all that it printed
   */
  record Outcome(int code, String output) {
    private static final Pattern COLOR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern LABEL = Pattern.compile("^(\\[ERROR] )+| ?-> \\[Help \\d+]$");
    private static final Pattern IN_SOURCE = Pattern.compile("^(.+):\\[(\\d+),\\d+] ");
    private static final String FAILED = "Failed to execute goal";

    /** What Maven itself calls an error, without its advice. */
    List<String> errors() {
      List<String> errors = COLOR.matcher(output)
          .replaceAll("")
          .lines()
          .filter(line -> line.startsWith("[ERROR] "))
          .map(line -> LABEL.matcher(line).replaceAll(""))
          .takeWhile(line -> !line.startsWith("To see the full stack trace"))
          .filter(line -> !line.isBlank())
          .toList();
      return errors.isEmpty() ? List.of("nothing, and ended with " + code) : errors;
    }

    /**
     * What is wrong, in as few lines as Maven allows: the compiler's errors, each with file and line; or else all that
     * Maven says before it comes to advice.
     */
    List<String> reasons() {
      List<String> lines = COLOR.matcher(output)
          .replaceAll("")
          .lines()
          .filter(line -> !line.startsWith("WARNING: ")) // of the JVM, about Maven
          .map(line -> LABEL.matcher(line).replaceAll(""))
          .takeWhile(line -> !line.startsWith("To see the full stack trace"))
          .filter(line -> !line.isBlank() && !line.equals(" @ ") && !line.startsWith("COMPILATION ERROR"))
          .toList();
      List<String> inSource = lines.stream()
          .dropWhile(line -> !IN_SOURCE.matcher(line).find())
          .takeWhile(line -> !line.startsWith(FAILED))
          .map(line -> IN_SOURCE.matcher(line).replaceFirst("$1:$2: error: "))
          .toList();
      return inSource.isEmpty() ? lines : inSource;
    }
  }

  /**
   * The Maven that a project brings, or the one on the PATH.
   *
   * @param reason what it is needed for, for the message when there is none
   */
  static Maven of(Path project, String reason) {
    boolean windows = File.separatorChar == '\\';
    Path wrapper = project.resolve(windows ? "mvnw.cmd" : "mvnw").toAbsolutePath();
    if (Files.isExecutable(wrapper)) return new Maven(wrapper.toString());
    return onPath(windows ? "mvn.cmd" : "mvn").map(Maven::new)
        .orElseThrow(() -> new UserException(
            "error: " + reason + " needs Maven, and there is no mvn on the PATH: install Maven 3.8 or newer"));
  }

  private static Optional<String> onPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** Runs Maven in a folder and waits for its end. */
  Outcome run(Path folder, List<String> arguments) {
    return run(folder, List.of("--batch-mode", "--no-transfer-progress"), arguments, _ -> {});
  }

  /**
   * Runs Maven as {@link #run(Path, List)}, and tells how far its downloads are.
   *
   * @param progress told each line, of which many are like {@code Progress (1): 12/111 MB}
   */
  Outcome run(Path folder, List<String> arguments, Consumer<String> progress) {
    return run(folder, List.of(), arguments, progress);
  }

  private Outcome run(Path folder, List<String> options, List<String> arguments, Consumer<String> progress) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(options);
    all.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(all).directory(folder.toAbsolutePath().toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = builder.start();
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

  /** The class path in a file that {@link #CLASS_PATH_GOAL} wrote. */
  static List<Path> readClassPath(Path file) {
    try {
      return Stream.of(Files.readString(file).strip().split(File.pathSeparator, -1))
          .filter(each -> !each.isEmpty())
          .map(Path::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
