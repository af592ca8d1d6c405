package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/** Builds a program whose classes something else writes, or whose build tool is run after each change. */
final class ToolBuilds implements Builds {
  /** Builds write their classes one after another, and may compute in between. */
  private static final long CLASSES_PAUSE_MILLIS = 300;
  private static final long SOURCES_PAUSE_MILLIS = 20;
  private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts",
      "settings.gradle", "settings.gradle.kts", "gradle.properties");
  /** Where build tools write classes, below the folder of a module. */
  private static final List<Path> OUTPUT = List.of(Path.of("target/classes"), Path.of("build/classes/java/main"));

  private final ProgramOptions options;
  private final Set<Path> excluded;
  private final PrintStream err;
  private final ToolWrites writes;
  private Program program;

  ToolBuilds(ProgramOptions options, Program read, Set<Path> excluded, PrintStream err) {
    this.options = options;
    program = read.withSharedVersions(_ -> {});
    this.excluded = excluded;
    this.err = err;
    writes = new ToolWrites(err::println);
  }

  private boolean isOthers() {
    return !options.classes().isEmpty();
  }

  @Override
  public WatchedFiles watched() {
    Set<Path> files = new HashSet<>(program.libraries());
    files.add(program.home().resolve(".env"));
    List<Folder> folders = new ArrayList<>();
    if (isOthers()) {
      program.classes().forEach(each -> folders.add(new Folder(each, Kind.EVERYTHING)));
    } else {
      for (Path module : modules(program)) {
        BUILD_FILES.forEach(name -> files.add(module.resolve(name)));
        folders.add(new Folder(module.resolve("src/main"), Kind.EVERYTHING));
      }
    }
    return new WatchedFiles(files, folders, excluded);
  }

  /** Returns the folders of the modules that a program consists of. */
  static Set<Path> modules(Program program) {
    Set<Path> modules = new HashSet<>();
    modules.add(Files.isDirectory(program.path()) ? program.path().toAbsolutePath().normalize() : program.home());
    for (Path classes : program.classes()) {
      Path folder = classes.toAbsolutePath().normalize();
      project(folder).ifPresent(modules::add);
    }
    return modules;
  }

  /** Returns the folder of the module to which a folder of classes belongs, if a build tool has written them. */
  static Optional<Path> project(Path classes) {
    return OUTPUT.stream().filter(classes::endsWith).map(output -> above(classes, output.getNameCount())).findFirst();
  }

  private static Path above(Path folder, int levels) {
    Path above = folder;
    for (int i = 0; i < levels; i++) {
      above = requireNonNull(above.getParent());
    }
    return above;
  }

  @Override
  public long pauseMillis() {
    return isOthers() ? CLASSES_PAUSE_MILLIS : SOURCES_PAUSE_MILLIS;
  }

  @Override
  public Built build(Set<Path> changed, Consumer<WatchedFiles> known) {
    if (read(known)) read(known);
    return new Built(program, program.classFiles());
  }

  /** Reads the program, for which the build tool runs; returns whether it must run again. */
  private boolean read(Consumer<WatchedFiles> known) {
    Map<Path, String> before = isOthers() ? Map.of() : ToolWrites.contents(watched());
    boolean again;
    try {
      program = new ProgramReader(err::println).read(options).withSharedVersions(_ -> {});
      known.accept(watched());
    } finally {
      again = !isOthers() && writes.ran(before, watched(), known);
    }
    return again;
  }

  @Override
  public void warm() {
    // nothing is compiled in this process
  }

  @Override
  public void close() {
    // nothing is open
  }
}
