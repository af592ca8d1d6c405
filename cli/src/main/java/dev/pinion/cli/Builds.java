package dev.pinion.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What builds a running program again after its files have changed. One thread at a time. */
interface Builds extends AutoCloseable {
  /**
   * A program that is ready to be loaded.
   *
   * @param program what it consists of
   * @param classes its own classes
   * @param replaced class folders whose classes are all among these, whatever an earlier build has left there
   * @param others the names of those classes that other modules have
   */
  record Built(Program program, Map<String, byte[]> classes, Set<Path> replaced, Set<String> others) {
    Built(Program program, Map<String, byte[]> classes) {
      this(program, classes, Set.of(), Set.of());
    }

    /** Returns a new loader of its classes. */
    ProgramLoader loader() {
      return program.loader(classes, replaced, others);
    }
  }

  /**
   * Returns the builds of a program.
   *
   * @param read what it consists of, as it was read
   * @param maven how Maven has compiled it, if it is a project
   * @param excluded folders that the program writes
   * @param cache where the next start finds what was built
   * @param err receives messages and the compiler's warnings
   */
  static Builds of(
      ProgramOptions options, Program read, MavenBuild maven, Set<Path> excluded, RunCache cache, PrintStream err) {
    if (!read.sources().isEmpty()) return new SourceBuilds(options, read, excluded, cache, err);
    if (options.classes().isEmpty()) {
      return Files.exists(read.path().resolve("pom.xml")) ? new MavenBuilds(options, read, maven, excluded, err)
          : new ToolBuilds(options, read, excluded, err);
    }
    MavenBuild plugin = MavenBuild.ofPlugin().limitedTo(read.classes());
    return plugin.doubt().isEmpty() ? new MavenBuilds(options, read, plugin, excluded, err)
        : new ToolBuilds(options, read, excluded, err);
  }

  /** Returns the files of the program, as they were known the last time. */
  WatchedFiles watched();

  /** Returns how long no file must change before the program is built, in milliseconds. */
  long pauseMillis();

  /**
   * Builds the program.
   *
   * @param changed the files that have changed since the last time
   * @param known receives the files of the program, once they are known and before they are read
   * @throws UserException if that fails, for a reason that the user can mend
   */
  Built build(Set<Path> changed, Consumer<WatchedFiles> known);

  /** The program that was built last runs: the next start may find what it was built to. */
  default void keep() {}

  /** Prepares for the first change, while there is nothing else to do. */
  void warm();

  @Override
  void close();
}
