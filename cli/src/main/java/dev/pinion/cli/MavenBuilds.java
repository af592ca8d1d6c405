package dev.pinion.cli;

import dev.pinion.cli.MavenBuild.Module;
import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Builds a Maven project: its sources in this process, as Maven compiles them, and with Maven itself where that is not
 * known for sure, or after a change of a project file.
 */
final class MavenBuilds implements Builds {
  private static final long PAUSE_MILLIS = 20;
  private static final int MOST_TO_WARM = 500;
  private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream());

  private final ProgramOptions options;
  private final Set<Path> excluded;
  private final PrintStream err;
  private final Map<Path, IncrementalCompiler> compilers = new HashMap<>();
  private Map<Path, CompiledSources> compiled = Map.of();
  private Program program;
  private MavenBuild build;
  private final ToolWrites writes;
  private Optional<String> noted = Optional.empty();
  /** Whether a change needs Maven, which has not succeeded since. */
  private boolean due;

  MavenBuilds(ProgramOptions options, Program read, MavenBuild build, Set<Path> excluded, PrintStream err) {
    this.options = options;
    this.excluded = excluded;
    this.err = err;
    writes = new ToolWrites(err::println);
    program = read.withSharedVersions(_ -> {});
    this.build = build.limitedTo(program.classes());
  }

  @Override
  public WatchedFiles watched() {
    Set<Path> files = new HashSet<>(program.libraries());
    files.add(program.home().resolve(".env"));
    files.addAll(build.poms());
    List<Folder> folders = new ArrayList<>();
    Set<Path> outputs = build.outputs();
    for (Module each : build.modules()) {
      Kind kind = build.doubt().isEmpty() ? Kind.PACKAGES : Kind.EVERYTHING;
      each.roots().forEach(root -> folders.add(new Folder(root, kind)));
      each.resources().forEach(root -> folders.add(new Folder(root, Kind.EVERYTHING)));
      each.filtered().forEach(root -> folders.add(new Folder(root, Kind.EVERYTHING)));
    }
    for (Path module : ToolBuilds.modules(program)) {
      files.add(module.resolve("pom.xml"));
      if (!build.doubt().isEmpty()) folders.add(new Folder(module.resolve("src/main"), Kind.EVERYTHING));
    }
    program.classes().stream()
        .filter(each -> !outputs.contains(MavenBuild.real(each)) && (isPlugins() || !each.endsWith("target/classes")))
        .forEach(each -> folders.add(new Folder(each, Kind.EVERYTHING)));
    return new WatchedFiles(files, folders, excluded);
  }

  @Override
  public long pauseMillis() {
    return PAUSE_MILLIS;
  }

  @Override
  public synchronized Built build(Set<Path> changed, Consumer<WatchedFiles> known) {
    if (due || isCleaned() || !build.doubt().isEmpty() || changed.stream().anyMatch(this::needsMaven)) {
      return withMaven(known);
    }
    changed.forEach(this::copy);
    compile();
    return built();
  }

  /** Whether the resources are gone, as after {@code mvn clean}. */
  private boolean isCleaned() {
    return build.modules().stream().anyMatch(each -> !Files.isDirectory(each.output()));
  }

  private boolean needsMaven(Path file) {
    return file.endsWith("pom.xml") || MavenBuild.isOfModule(file) || build.poms().contains(file)
        || build.modules().stream().flatMap(each -> each.filtered().stream()).anyMatch(file::startsWith);
  }

  /** Whether Maven has started this command, and waits for its end. */
  private boolean isPlugins() {
    return !options.classes().isEmpty();
  }

  private Built withMaven(Consumer<WatchedFiles> known) {
    if (isPlugins()) {
      throw new UserException(
          "error: the project needs Maven after this change: end mvn pinion:run and start it again");
    }
    due = true;
    if (read(known)) read(known);
    due = false;
    compiled = Map.of();
    if (build.doubt().isPresent() && !build.doubt().equals(noted)) {
      err.println("note: each save runs Maven, because " + build.doubt().get());
    }
    noted = build.doubt();
    return new Built(program, program.classFiles());
  }

  /** Runs Maven; returns whether it must run again. */
  private boolean read(Consumer<WatchedFiles> known) {
    Map<Path, String> before = ToolWrites.contents(watched());
    boolean again;
    try {
      ProgramReader reader = new ProgramReader(err::println);
      program = reader.read(options).withSharedVersions(_ -> {});
      build = reader.build().limitedTo(program.classes());
      known.accept(watched());
    } finally {
      again = writes.ran(before, watched(), known);
    }
    return again;
  }

  private void copy(Path file) {
    for (Module module : build.modules()) {
      for (Path folder : module.resources()) {
        if (file.startsWith(folder)) copy(file, module.output().resolve(folder.relativize(file)));
      }
    }
  }

  private static void copy(Path from, Path to) {
    try {
      if (Files.isRegularFile(from)) {
        Files.createDirectories(requireNonNull(to.getParent()));
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles all modules, or none. */
  private void compile() {
    Map<Path, CompiledSources> fresh = new HashMap<>();
    Set<Path> changed = new HashSet<>();
    // Their classes are among the others, and what an earlier build has left there is not.
    Set<Path> outputs = build.outputs();
    for (Module module : build.modules()) {
      Map<String, byte[]> others = new HashMap<>();
      boolean othersChanged = false;
      for (Module other : build.modules()) {
        CompiledSources visible = module.sees(other) ? fresh.get(other.folder()) : null;
        if (visible == null) continue;
        others.putAll(visible.all());
        othersChanged |= changed.contains(other.folder());
      }
      CompiledSources before = compiled.get(module.folder());
      CompiledSources now = compilers.computeIfAbsent(module.folder(), _ -> new IncrementalCompiler())
          .compile(module.sources().without(outputs), before, others, othersChanged, QUIET);
      fresh.put(module.folder(), now);
      if (before == null || !now.isSeenAs(before)) changed.add(module.folder());
    }
    compiled = fresh;
  }

  /** Returns what was compiled, with the classes of folders that are not compiled here. */
  private Built built() {
    Set<Path> outputs = build.outputs();
    List<Path> folders = program.classes().stream().filter(each -> !outputs.contains(MavenBuild.real(each))).toList();
    Map<String, byte[]> classes = new HashMap<>(program.withClasses(folders).classFiles());
    Set<String> others = new HashSet<>();
    Path own = MavenBuild.real(program.classes().getFirst());
    for (Module module : build.modules().reversed()) {
      Map<String, byte[]> all = requireNonNull(compiled.get(module.folder())).all();
      if (MavenBuild.real(module.output()).equals(own)) others.removeAll(all.keySet());
      else others.addAll(all.keySet());
      classes.putAll(all);
    }
    return new Built(program, classes, outputs, others);
  }

  @Override
  public synchronized void warm() {
    if (!compiled.isEmpty() || !build.doubt().isEmpty()) return;
    if (build.modules().stream().mapToInt(each -> each.sources().sources().size()).sum() > MOST_TO_WARM) return;
    try {
      compile();
    } catch (UserException _) {
      // it is changing at this moment
    }
  }

  @Override
  public void close() {
    compilers.values().forEach(IncrementalCompiler::close);
  }
}
