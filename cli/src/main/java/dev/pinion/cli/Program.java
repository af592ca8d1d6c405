package dev.pinion.cli;

import dev.pinion.aws.SharedJars;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The program that a command works on.
 *
 * @param path the file or folder, as the user wrote it
 * @param home the folder that contains the program
 * @param sources the files still to compile
 * @param classes folders with compiled classes
 * @param libraries the jars that the program depends on, without Pinion
 */
record Program(Path path, Path home, List<Path> sources, List<Path> classes, List<Path> libraries) {
  Program {
    sources = List.copyOf(sources);
    classes = List.copyOf(classes);
    libraries = List.copyOf(libraries);
  }

  /**
   * Reads the program at a path and resolves its libraries.
   *
   * @param progress receives messages about slow steps
   * @throws UserException if there is no program, or a library cannot be resolved
   */
  static Program at(Path path, Consumer<String> progress) {
    if (Files.isDirectory(path)) {
      return Files.exists(path.resolve("pom.xml")) ? project(path, progress) : folder(path, progress);
    }
    if (!Files.exists(path)) throw new UserException("error: no such file or folder: " + path + meant(path));
    if (path.endsWith("pom.xml")) return project(folderOf(path), progress);
    if (!path.toString().endsWith(".java")) {
      throw new UserException("error: " + path + " is neither a .java file nor a folder");
    }
    if (!Files.isRegularFile(path)) throw new UserException("error: " + path + " is not a regular file");
    return new Program(path, folderOf(path), List.of(path), List.of(), libraries(List.of(path), progress));
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

  private static Program folder(Path folder, Consumer<String> progress) {
    List<Path> sources = files(folder, ".java");
    if (sources.isEmpty()) throw new UserException("error: no .java file in " + folder + " or its subfolders");
    return new Program(folder, folder, sources, List.of(), libraries(sources, progress));
  }

  private static List<Path> libraries(List<Path> sources, Consumer<String> progress) {
    List<Dependency> dependencies = Dependency.in(sources);
    return dependencies.isEmpty() ? List.of() : new Libraries(progress).of(dependencies);
  }

  private static Program project(Path folder, Consumer<String> progress) {
    List<Path> libraries = new MavenProject(folder, progress).compile();
    Path classes = folder.resolve("target/classes");
    if (!Files.isDirectory(classes)) {
      throw new UserException(
          "error: the Maven project in " + folder + " has no classes in target/classes: if it has modules, run the one"
              + " that contains the app");
    }
    return new Program(folder, folder, List.of(), List.of(classes), libraries);
  }

  private static Path folderOf(Path file) {
    return requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
  }

  /** Returns the files below a folder with an ending, without hidden folders and build output. */
  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending) && !skipped(folder.relativize(file)))
          .filter(file -> !Files.isDirectory(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean skipped(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".") || part.endsWith("target")) return true;
    }
    return false;
  }

  /**
   * Returns the program with the versions of libraries that its functions get, which are newer where Pinion needs them
   * newer. Libraries that cannot be combined stay as they are, with a warning.
   */
  Program withSharedVersions(Consumer<String> progress) {
    SharedJars shared = SharedJars.of(libraries, Installation.functionIfPresent());
    if (!shared.errors().isEmpty()) {
      shared.errors().forEach(each -> progress.accept(each.replaceFirst("^error: ", "warning: not for AWS: ")));
      return this;
    }
    shared.notes().forEach(progress);
    return new Program(path, home, sources, classes, shared.jars());
  }

  /**
   * Returns the program with the versions of libraries that its functions get.
   *
   * @throws UserException if libraries of the program and of Pinion's functions cannot be combined
   */
  Program forFunctions(Consumer<String> progress) {
    SharedJars shared = SharedJars.of(libraries, Installation.functionIfPresent());
    if (!shared.errors().isEmpty()) throw new UserException(String.join("\n", shared.errors()));
    shared.notes().forEach(progress);
    return new Program(path, home, sources, classes, shared.jars());
  }

  /**
   * Compiles the sources, if there are any, and returns a loader of the classes.
   *
   * @param err receives the compiler's warnings
   */
  ProgramLoader load(PrintStream err) {
    if (!sources.isEmpty()) {
      Map<String, byte[]> compiled = SourceCompiler.compile(sources, libraries, err);
      return new ProgramLoader(compiled, compiled.keySet(), libraries);
    }
    Set<String> own = classes.stream().flatMap(each -> names(each).stream()).collect(Collectors.toSet());
    return new ProgramLoader(Map.of(), own, Stream.concat(classes.stream(), libraries.stream()).toList());
  }

  private static List<String> names(Path folder) {
    return files(folder, ".class").stream()
        .map(file -> folder.relativize(file).toString().replace(".class", "").replace(File.separatorChar, '.'))
        .filter(name -> !name.endsWith("-info"))
        .toList();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
