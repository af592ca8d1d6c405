package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** A program that is a Maven project. Maven compiles it; Pinion itself comes from the command. */
final class MavenProject {
  private final Path folder;
  private final Consumer<String> progress;

  MavenProject(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Compiles the project.
   *
   * @return its dependencies' jars, without Pinion
   * @throws UserException with Maven's errors
   */
  List<Path> compile() {
    progress.accept("compiling " + folder + " with Maven");
    try {
      Path file = Files.createTempFile("pinion", ".classpath");
      try {
        return compile(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the project's tests.
   *
   * @param properties system properties for them, as options
   * @param output receives each line that Maven prints
   * @return Maven's exit code
   */
  int test(List<String> properties, Consumer<String> output) {
    List<String> arguments = new ArrayList<>(workspace());
    arguments.addAll(List.of("--batch-mode", "--no-transfer-progress", "test"));
    arguments.addAll(properties);
    return Maven.of(folder, "the project in " + folder)
        .run(folder, arguments, line -> {
          if (!line.startsWith("WARNING: ")) output.accept(line); // the JVM's, about Maven
        })
        .code();
  }

  private List<Path> compile(Path file) {
    List<String> arguments = new ArrayList<>(workspace());
    arguments.addAll(
        List.of(
            "--quiet",
            "compile",
            Maven.CLASS_PATH_GOAL,
            "-DincludeScope=runtime",
            "-DexcludeGroupIds=dev.pinion",
            "-Dmdep.outputFile=" + file));
    Maven.Outcome outcome = Maven.of(folder, "the project in " + folder).run(folder, arguments);
    if (outcome.code() != 0) {
      throw new UserException(
          "error: Maven cannot compile the project in " + folder + "\n" + String.join("\n", outcome.reasons()));
    }
    return Maven.readClassPath(file);
  }

  /**
   * Returns options that add an extension to Maven which resolves Pinion's artifacts to the command's own jars, so that
   * they need not be in a repository; none if the command runs from class folders.
   */
  private static List<String> workspace() {
    Path lib = requireNonNull(Installation.api().getParent(), "a jar is in a folder");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "pinion-workspace-*.jar")) {
      for (Path jar : jars) {
        return List.of("-Dmaven.ext.class.path=" + jar, "-Dpinion.lib=" + lib);
      }
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
