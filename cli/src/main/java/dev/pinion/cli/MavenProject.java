package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A program that is a Maven project. Maven compiles it; Pinion itself is taken from the command. */
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
   * @return the jars that it uses, besides Pinion
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

  private List<Path> compile(Path file) {
    List<String> arguments = List.of(
        "--quiet",
        "compile",
        Maven.CLASS_PATH_GOAL,
        "-Dmdep.includeScope=runtime",
        "-Dmdep.excludeGroupIds=dev.pinion",
        "-Dmdep.outputFile=" + file);
    Maven.Outcome outcome = Maven.of(folder, "the project in " + folder).run(folder, arguments);
    if (outcome.code() != 0) {
      throw new UserException(
          "error: Maven cannot compile the project in " + folder + "\n"
              + outcome.output().lines().map(line -> "  " + line).collect(Collectors.joining("\n")));
    }
    return Maven.readClassPath(file);
  }
}
