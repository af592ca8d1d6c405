package dev.pinion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A program that is a Maven project. Maven compiles it; Pinion itself comes from the command. */
final class MavenProject {
  private static final String OLD_PLUGIN = "\n  Maven uses an old maven-compiler-plugin: declare a version of it in"
      + " the pom.xml, such as 3.14.1, with <maven.compiler.release>25</maven.compiler.release>";

  private static final String NO_TESTS = "warning: Maven has run no test: an old maven-surefire-plugin does not find"
      + " those of JUnit 5 and newer; declare a version of it in the pom.xml, such as 3.6.1";

  private final Path folder;
  private final Path own;
  private final Path root;
  private final Consumer<String> progress;
  private MavenBuild build = MavenBuild.UNKNOWN;

  MavenProject(Path folder, Consumer<String> progress) {
    this.folder = folder;
    own = folder.toAbsolutePath().normalize();
    Path outermost = MavenModules.root(own);
    root = MavenModules.usesModules(outermost, own) ? outermost : own;
    this.progress = progress;
  }

  /**
   * Compiles the project.
   *
   * @return its dependencies, without Pinion: jars, and class folders of other modules
   * @throws UserException with Maven's errors
   */
  List<Path> compile() {
    progress.accept("compiling " + folder + " with Maven");
    try {
      Path file = Files.createTempFile("pinion", ".classpath");
      Path recorded = Files.createTempFile("pinion", ".build");
      try {
        List<Path> path = compile(file, recorded);
        build = MavenBuild.read(recorded);
        return path;
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(recorded);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how Maven has compiled the project, as far as that is known. */
  MavenBuild build() {
    return build;
  }

  /**
   * Runs the project's tests.
   *
   * @param properties system properties for them, as options
   * @param output receives each line that Maven prints
   * @return Maven's exit code
   */
  int test(List<String> properties, Consumer<String> output) {
    List<String> arguments = new ArrayList<>(Workspace.options());
    arguments.addAll(modules());
    arguments.addAll(List.of("--batch-mode", "--no-transfer-progress", "test"));
    arguments.addAll(properties);
    Maven.Outcome outcome = Maven.of(root, "the project in " + folder)
        .run(root, arguments, line -> {
          if (!line.startsWith("WARNING: ")) output.accept(line); // the JVM's, about Maven
        });
    if (outcome.hasRunNoTest()) progress.accept(NO_TESTS);
    return outcome.code();
  }

  private List<Path> compile(Path file, Path recorded) {
    List<String> arguments = new ArrayList<>(Workspace.options());
    arguments.addAll(modules());
    arguments.addAll(phase());
    arguments.addAll(
        List.of(
            "--quiet",
            Maven.CLASS_PATH_GOAL,
            "-DincludeScope=runtime",
            "-Dmdep.outputFile=" + file,
            "-Dpinion.build=" + recorded));
    Maven.Outcome outcome = Maven.of(root, "the project in " + folder).run(root, arguments);
    if (outcome.code() != 0) {
      throw new UserException(
          "error: Maven cannot compile the project in " + folder + "\n" + String.join("\n", outcome.reasons())
              + (outcome.output().contains("Source option 5") ? OLD_PLUGIN : ""));
    }
    return Maven.readClassPath(file).stream().filter(each -> !ProgramLibraries.isCommands(each)).toList();
  }

  /**
   * Returns what compiles the project. In a build of several modules, Maven resolves the tests of one that another one
   * uses from the phase test-compile on, even if they are not compiled.
   */
  private List<String> phase() {
    return root.equals(own) ? List.of("compile") : List.of("test-compile", "-Dmaven.test.skip=true");
  }

  /** Returns options that compile the project with the modules that it needs, if it is a module of another project. */
  private List<String> modules() {
    Path module = root.relativize(own);
    return module.toString().isEmpty() ? List.of() : List.of("-pl", module.toString(), "-am");
  }
}
