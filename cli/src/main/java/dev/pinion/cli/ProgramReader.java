package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/** Finds out what a program consists of, lets Maven or Gradle compile it if it is a project, and gets its libraries. */
final class ProgramReader {
  private final Consumer<String> progress;
  private MavenBuild build = MavenBuild.UNKNOWN;

  /**
   * A reader of programs.
   *
   * @param progress receives messages about slow steps
   */
  ProgramReader(Consumer<String> progress) {
    this.progress = progress;
  }

  /**
   * Reads the program that the arguments of a command name.
   *
   * @throws UserException if there is no program, it cannot be compiled, or a library cannot be resolved
   */
  Program read(ProgramOptions options) {
    return options.classes().isEmpty() ? read(options.path()) : CompiledClasses.read(options);
  }

  /**
   * Reads the program at a path.
   *
   * @throws UserException if there is no program, it cannot be compiled, or a library cannot be resolved
   */
  Program read(Path path) {
    if (Files.isDirectory(path)) return folder(path);
    if (!Files.exists(path)) throw new UserException("error: no such file or folder: " + path + meant(path));
    if (path.endsWith("pom.xml") || GradleProject.isBuildFile(path)) return folder(folderOf(path));
    if (!path.toString().endsWith(".java")) {
      throw new UserException("error: " + path + " is neither a .java file nor a folder");
    }
    if (!Files.isRegularFile(path)) throw new UserException("error: " + path + " is not a regular file");
    List<Path> sources = NeighborSources.of(path);
    return new Program(path, folderOf(path), sources, List.of(), libraries(sources), "");
  }

  /** Returns how Maven has compiled the program that was read last, as far as that is known. */
  MavenBuild build() {
    return build;
  }

  /** Returns a suggestion: the source of the same name, as Java and other systems' file names would have it. */
  private static String meant(Path path) {
    String name = String.valueOf(path.getFileName()).replaceFirst("\\.(java|class)$", "") + ".java";
    try (Stream<Path> all = Files.list(folderOf(path))) {
      return all.map(each -> String.valueOf(each.getFileName())).filter(name::equalsIgnoreCase).sorted().findFirst()
          .map(each -> ": did you mean " + path.resolveSibling(each) + "?").orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private Program folder(Path folder) {
    if (Files.exists(folder.resolve("pom.xml"))) return project(folder);
    if (GradleProject.at(folder)) return new GradleProject(folder, progress).program().orElseGet(() -> sources(folder));
    return sources(folder);
  }

  /** Returns the program of a folder's sources, without tests; in a project's layout also with its resources. */
  private Program sources(Path folder) {
    Path main = folder.resolve("src/main");
    Path code = main.resolve("java");
    List<Path> all = Files.isDirectory(code) ? Program.filesOfPackages(code, ".java") : Program.files(folder, ".java");
    List<Path> sources = all.stream().filter(file -> !TestCommand.TestSources.isTest(file)).toList();
    if (sources.isEmpty()) throw new UserException("error: no .java file in " + folder + " or its subfolders");
    List<Path> resources = Stream.of(main.resolve("resources")).filter(Files::isDirectory).toList();
    return new Program(folder, folder, sources, resources, libraries(sources), "");
  }

  private List<Path> libraries(List<Path> sources) {
    List<Dependency> dependencies = Dependency.in(sources);
    List<Path> all = dependencies.isEmpty() ? List.of() : new Libraries(progress).of(dependencies);
    return Stream.concat(all.stream(), ProgramLibraries.of(sources).stream()).toList();
  }

  private Program project(Path folder) {
    MavenProject project = new MavenProject(folder, progress);
    List<Path> path = project.compile();
    build = project.build();
    Path classes = folder.resolve("target/classes");
    if (!Files.isDirectory(classes)) {
      throw new UserException(
          "error: the Maven project in " + folder + " has no classes in target/classes: if it has modules, run the one"
              + " that contains the app");
    }
    return CompiledClasses.of(folder, folder, List.of(classes), path, "");
  }

  private static Path folderOf(Path file) {
    return requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
  }
}
