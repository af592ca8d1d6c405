package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A program that is a Gradle project. Gradle compiles it, if it is there; Pinion itself comes from the command. */
final class GradleProject {
  /** Prints the class folders of the main source set, then its class path, after it has compiled them. */
  private static final String INIT = """
      allprojects {
        afterEvaluate { project ->
          if (project.projectDir.canonicalPath != System.getProperty("pinion.folder")) return
          if (project.extensions.findByName("sourceSets") == null) return
          project.tasks.register("pinionClassPath") {
            def main = project.sourceSets.main
            dependsOn(main.classesTaskName)
            def folders = main.output.files.collect { it.path }
            def path = main.runtimeClasspath
            doLast {
              folders.each { println("pinion-classes:" + it) }
              path.files.each { println("pinion-path:" + it.path) }
            }
          }
        }
      }
      """;
  private static final String FOLDER = "pinion-classes:";
  private static final String ENTRY = "pinion-path:";
  private static final List<String> FILES = List.of("build.gradle.kts", "build.gradle");

  private final Path folder;
  private final Consumer<String> progress;

  GradleProject(Path folder, Consumer<String> progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Tests whether a folder is a Gradle project. */
  static boolean at(Path folder) {
    return FILES.stream().anyMatch(file -> Files.exists(folder.resolve(file)));
  }

  /** Tests whether a file is Gradle's description of a project. */
  static boolean isBuildFile(Path file) {
    return FILES.contains(String.valueOf(file.getFileName()));
  }

  /**
   * Compiles the project with its Gradle wrapper, or the Gradle on the PATH.
   *
   * @return the program; empty if there is no Gradle
   * @throws UserException with Gradle's errors
   */
  Optional<Program> program() {
    Optional<Path> gradle = gradle();
    if (gradle.isEmpty()) {
      progress.accept(
          "note: there is no gradlew in " + folder + " and no gradle on the PATH, so src/main is compiled without"
              + " Gradle: libraries come from //DEPS lines. To use another build's classes: --classes, --class-path");
      return Optional.empty();
    }
    progress.accept("compiling " + folder + " with Gradle");
    BuildTool.Outcome outcome = run(new BuildTool(gradle.get().toString()));
    if (outcome.code() != 0) {
      throw new UserException("error: Gradle cannot compile the project in " + folder + "\n" + reasons(outcome));
    }
    List<Path> folders = paths(outcome, FOLDER);
    List<Path> others = paths(outcome, ENTRY).stream().filter(each -> !folders.contains(each)).toList();
    return Optional.of(CompiledClasses.of(folder, folder, folders, others, ""));
  }

  private BuildTool.Outcome run(BuildTool tool) {
    try {
      String real = "-Dpinion.folder=" + folder.toRealPath();
      Path script = Files.createTempFile("pinion", ".gradle");
      try {
        Files.writeString(script, INIT);
        return tool
            .run(folder, List.of("--quiet", "--console=plain", real, "-I", script.toString(), "pinionClassPath"));
      } finally {
        Files.deleteIfExists(script);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Path> gradle() {
    boolean windows = File.separatorChar == '\\';
    Path wrapper = folder.resolve(windows ? "gradlew.bat" : "gradlew").toAbsolutePath();
    return Files.isExecutable(wrapper) ? Optional.of(wrapper) : BuildTool.onPath(windows ? "gradle.bat" : "gradle");
  }

  private static List<Path> paths(BuildTool.Outcome outcome, String label) {
    return lines(outcome).filter(line -> line.startsWith(label))
        .map(line -> Path.of(line.substring(label.length())))
        .filter(Files::exists)
        .toList();
  }

  private static String reasons(BuildTool.Outcome outcome) {
    return String.join("\n", lines(outcome).filter(line -> !line.isBlank()).toList());
  }

  private static Stream<String> lines(BuildTool.Outcome outcome) {
    return outcome.output().lines();
  }
}
