package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Maven, as a process of its own that runs on the JDK of this one. */
final class Maven {
  /** The goal that writes the class path. */
  static final String CLASS_PATH_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  private final BuildTool tool;

  private Maven(BuildTool tool) {
    this.tool = tool;
  }

  /**
   * The result of a run of Maven.
   *
   * @param code the exit code; 0 for success
   * @param output everything that it printed
   */
  record Outcome(int code, String output) {
    private static final Pattern COLOR = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern LABEL = Pattern.compile("^(\\[ERROR] )+| ?-> \\[Help \\d+]$");
    private static final Pattern IN_SOURCE = Pattern.compile("^(.+):\\[(\\d+),\\d+] (?:error: )?");
    private static final Pattern TESTS = Pattern.compile("Tests run: [1-9]");
    private static final String FAILED = "Failed to execute goal";

    /** Returns the lines that Maven marks as errors, without its advice. */
    List<String> errors() {
      List<String> errors = COLOR.matcher(output)
          .replaceAll("")
          .lines()
          .filter(line -> line.startsWith("[ERROR] "))
          .map(line -> LABEL.matcher(line).replaceAll(""))
          .takeWhile(line -> !line.startsWith("To see the full stack trace"))
          .filter(line -> !line.isBlank())
          .toList();
      return errors.isEmpty() ? List.of("no error, but it exited with " + code) : errors;
    }

    /** Returns whether tests were looked for, and none was found. */
    boolean hasRunNoTest() {
      return output.contains("Tests run: 0,") && !TESTS.matcher(output).find();
    }

    /**
     * Returns the reasons for a failure: the compiler's errors, each with file and line; or if there are none,
     * all lines before Maven's advice.
     */
    List<String> reasons() {
      List<String> lines = COLOR.matcher(output)
          .replaceAll("")
          .lines()
          .filter(line -> !line.startsWith("WARNING: ")) // printed by the JVM about Maven
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
   * Returns a project's Maven wrapper, or the Maven on the PATH.
   *
   * @param reason what needs it, for the message if there is none
   */
  static Maven of(Path project, String reason) {
    boolean windows = File.separatorChar == '\\';
    Path wrapper = project.resolve(windows ? "mvnw.cmd" : "mvnw").toAbsolutePath();
    if (Files.isExecutable(wrapper)) return new Maven(new BuildTool(wrapper.toString()));
    return BuildTool.onPath(windows ? "mvn.cmd" : "mvn").map(path -> new Maven(new BuildTool(path.toString())))
        .orElseThrow(() -> new UserException(
            "error: " + reason + " needs Maven, but there is no mvn on the PATH: install Maven 3.8 or newer"));
  }

  /** Runs Maven in a folder and waits for it. */
  Outcome run(Path folder, List<String> arguments) {
    return run(folder, List.of("--batch-mode", "--no-transfer-progress"), arguments, _ -> {});
  }

  /**
   * Runs Maven as {@link #run(Path, List)}, and reports the progress of its downloads.
   *
   * @param progress receives each line of output, many of them like {@code Progress (1): 12/111 MB}
   */
  Outcome run(Path folder, List<String> arguments, Consumer<String> progress) {
    return run(folder, List.of(), arguments, progress);
  }

  private Outcome run(Path folder, List<String> options, List<String> arguments, Consumer<String> progress) {
    List<String> all = Stream.concat(options.stream(), arguments.stream()).toList();
    BuildTool.Outcome outcome = tool.run(folder, all, progress);
    return new Outcome(outcome.code(), outcome.output());
  }

  /** Reads the class path from a file that {@link #CLASS_PATH_GOAL} wrote. */
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
