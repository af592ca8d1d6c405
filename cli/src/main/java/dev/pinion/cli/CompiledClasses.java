package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that another build has compiled: folders of classes, a class path, and the name of the app's class. */
final class CompiledClasses {
  private static final String ALL_JARS = "*";

  private CompiledClasses() {}

  /**
   * Reads the program.
   *
   * @throws UserException for what does not exist
   */
  static Program read(ProgramOptions options) {
    for (Path folder : options.classes()) {
      if (!Files.isDirectory(folder)) throw new UserException("error: --classes: no such folder: " + folder);
    }
    String app = options.path().toString();
    if (!app.isEmpty() && !app.matches("[\\p{L}_$][\\p{L}\\p{N}_$.]*")) {
      throw new UserException("error: with --classes, the program is the name of the app's class, but is " + app);
    }
    List<Path> path = options.classPath().stream().flatMap(CompiledClasses::entries).toList();
    return of(app.isEmpty() ? options.classes().getFirst() : Path.of(app), Path.of("").toAbsolutePath(),
        options.classes(), path, app);
  }

  /**
   * Returns a program of compiled classes. Folders on the class path, such as those of other modules, are the user's
   * classes too; Pinion's own jars are left out, as the command provides them, but for parts of programs.
   */
  static Program of(Path path, Path home, List<Path> classes, List<Path> classPath, String app) {
    List<Path> folders =
        Stream.concat(classes.stream(), classPath.stream().filter(Files::isDirectory)).distinct().toList();
    List<Path> jars = classPath.stream()
        .filter(each -> !Files.isDirectory(each) && !ProgramLibraries.isCommands(each)).toList();
    return new Program(path, home, List.of(), folders, jars, app);
  }

  private static Stream<Path> entries(String entry) {
    Path path = Path.of(entry.endsWith(ALL_JARS) ? entry.substring(0, entry.length() - 1) : entry);
    if (entry.endsWith(ALL_JARS)) {
      try (Stream<Path> files = Files.list(path)) {
        return files.filter(each -> each.toString().endsWith(".jar")).sorted().toList().stream();
      } catch (IOException e) {
        throw new UserException("error: --class-path: " + FileTrouble.of(e).orElseGet(e::toString), e);
      }
    }
    if (!Files.exists(path)) throw new UserException("error: --class-path: no such file or folder: " + path);
    return Stream.of(path);
  }
}
