package dev.pinion.cli;

import dev.pinion.aws.SharedJars;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program that a command works on.
 *
 * @param path the file or folder, as the user wrote it
 * @param home the folder that contains the program
 * @param sources the files still to compile
 * @param classes folders with compiled classes
 * @param libraries the jars that the program depends on, without Pinion
 * @param app the name of the app's class; empty if it is to be found, in the sources or else the first class folder
 */
record Program(
    Path path, Path home, List<Path> sources, List<Path> classes, List<Path> libraries, String app) {
  Program {
    sources = List.copyOf(sources);
    classes = List.copyOf(classes);
    libraries = List.copyOf(libraries);
  }

  /** Returns the files below a folder with an ending, without hidden folders and build output. */
  static List<Path> files(Path folder, String ending) {
    return files(folder, ending, WatchedFiles::isBuildOutput);
  }

  /**
   * Returns the files below a folder in which packages begin. There, {@code target} is one of them, unless the folder
   * is a project's.
   */
  static List<Path> filesOfPackages(Path root, String ending) {
    return files(root, ending, (_, at) -> WatchedFiles.isProjectsOutput(at));
  }

  private static List<Path> files(Path folder, String ending, BiPredicate<Path, Path> isOutput) {
    try {
      Path start = Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
      try (Stream<Path> all = Files.walk(start)) {
        return all.filter(file -> file.toString().endsWith(ending) && !skipped(start, file, isOutput))
            .filter(file -> !Files.isDirectory(file))
            .map(file -> folder.resolve(start.relativize(file)))
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean skipped(Path start, Path file, BiPredicate<Path, Path> isOutput) {
    for (Path at = file; !at.equals(start); at = Objects.requireNonNull(at.getParent())) {
      if (String.valueOf(at.getFileName()).startsWith(".") || isOutput.test(start, at)) return true;
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
    return new Program(path, home, sources, classes, shared.jars(), app);
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
    return new Program(path, home, sources, classes, shared.jars(), app);
  }

  /**
   * Compiles the sources, if there are any, and returns a loader of the classes.
   *
   * @param cache what is known of unchanged sources
   * @param err receives the compiler's warnings
   */
  ProgramLoader load(RunCache cache, PrintStream err) {
    if (!sources.isEmpty()) {
      Map<String, byte[]> compiled = new CachedClasses(cache).of(sources, libraries, err);
      return new ProgramLoader(compiled, compiled.keySet(), classPath());
    }
    Set<String> own = classes.stream().flatMap(each -> names(each).stream()).collect(Collectors.toSet());
    return new ProgramLoader(Map.of(), own, classPath());
  }

  /**
   * Returns a loader as {@link #load} does, with the classes that the class folders have at this moment: what another
   * build writes there later is not mixed with them.
   *
   * @throws UserException if a class vanishes in this moment
   */
  ProgramLoader loadFixed(RunCache cache, PrintStream err) {
    if (!sources.isEmpty()) return load(cache, err);
    Map<String, byte[]> files = classFiles();
    return loader(files, Set.of(), Set.of());
  }

  /**
   * Returns what the class folders have at this moment, by class name.
   *
   * @throws UserException if a class vanishes in this moment
   */
  Map<String, byte[]> classFiles() {
    Map<String, byte[]> files = new HashMap<>();
    for (Path folder : classes) {
      for (String name : names(folder)) {
        Path file = folder.resolve(name.replace('.', File.separatorChar) + ".class");
        try {
          if (!files.containsKey(name)) files.put(name, Files.readAllBytes(file));
        } catch (IOException e) {
          throw new UserException("error: " + FileTrouble.of(e).orElseGet(e::toString), e);
        }
      }
    }
    return files;
  }

  /** Returns the program with other class folders. */
  Program withClasses(List<Path> folders) {
    return new Program(path, home, sources, folders, libraries, app);
  }

  /**
   * Returns a loader of classes that the sources have been compiled to, some class folders then for resources only.
   *
   * @param others the names of those classes that other modules have
   */
  ProgramLoader loader(Map<String, byte[]> compiled, Set<Path> replaced, Set<String> others) {
    return new ProgramLoader(compiled, compiled.keySet(), classPath(), replaced, others);
  }

  private List<Path> classPath() {
    return Stream.concat(classes.stream(), libraries.stream()).toList();
  }

  /** Returns the names of the classes one of which is the app. */
  Set<String> candidates(ProgramLoader loader) {
    if (!app.isEmpty()) return Set.of(app);
    Set<String> candidates = new HashSet<>(loader.own());
    if (!sources.isEmpty() || classes.isEmpty()) return candidates;
    candidates.removeAll(loader.others());
    Set<String> ofModule = Set.copyOf(names(classes.getFirst()));
    classes.stream().skip(1).filter(each -> !loader.isReplaced(each)).flatMap(each -> names(each).stream())
        .filter(each -> !ofModule.contains(each)).forEach(candidates::remove);
    return candidates;
  }

  private static List<String> names(Path folder) {
    return filesOfPackages(folder, ".class").stream()
        .map(file -> folder.relativize(file).toString().replace(".class", "").replace(File.separatorChar, '.'))
        .filter(name -> !name.endsWith("-info"))
        .toList();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
