package dev.pinion.cli;

import dev.pinion.cli.WatchedFiles.Folder;
import dev.pinion.cli.WatchedFiles.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds a file or a folder of sources that the command itself compiles. */
final class SourceBuilds implements Builds {
  /** Between the steps in which an editor saves. */
  private static final long PAUSE_MILLIS = 20;
  private static final int MOST_TO_WARM = 100;
  private static final int WARM_RUNS = 3;

  private final ProgramOptions options;
  private final Set<Path> excluded;
  private final CachedClasses cache;
  private final PrintStream err;
  private final IncrementalCompiler compiler = new IncrementalCompiler();
  private Program program;
  private List<Path> declared;
  /** Where a single file's sources may appear, as its text said just before the program was read. */
  private Set<Path> beside;
  private @Nullable CompiledSources compiled;
  private boolean built;
  private volatile boolean closed;
  /** What the last build would be found by; null if its sources may have changed meanwhile. */
  private @Nullable CacheKey key;
  /** The compiler's, of what it has compiled for the last build. */
  private byte[] warnings = {};
  /** Whether those are the program's: a source that was not compiled again had none. */
  private boolean allWarnings = true;

  /**
   * Builds of a program.
   *
   * @param read what it consists of at first
   * @param excluded folders that the program writes
   * @param cache where the next start finds the classes
   * @param err receives messages and the compiler's warnings
   */
  SourceBuilds(ProgramOptions options, Program read, Set<Path> excluded, RunCache cache, PrintStream err) {
    this.cache = new CachedClasses(cache);
    this.options = options;
    program = read.withSharedVersions(_ -> {});
    this.excluded = excluded;
    this.err = err;
    declared = read.libraries();
    beside = NeighborSources.folders(program.path());
  }

  @Override
  public WatchedFiles watched() {
    Set<Path> files = new HashSet<>(program.libraries());
    files.add(program.home().resolve(".env"));
    List<Folder> folders = new ArrayList<>();
    if (Files.isDirectory(program.path())) {
      Path main = program.path().resolve("src/main");
      boolean layout = Files.isDirectory(main.resolve("java"));
      folders.add(
          layout ? new Folder(main.resolve("java"), Kind.PACKAGES) : new Folder(program.path(), Kind.SOURCES));
      folders.add(new Folder(main.resolve("resources"), Kind.EVERYTHING));
    } else {
      files.addAll(program.sources());
      Set<Path> all = new LinkedHashSet<>(beside);
      program.sources().forEach(each -> all.add(each.toAbsolutePath().normalize().resolveSibling("")));
      all.forEach(folder -> folders.add(new Folder(folder, Kind.BESIDE)));
    }
    return new WatchedFiles(files, folders, excluded);
  }

  @Override
  public long pauseMillis() {
    return PAUSE_MILLIS;
  }

  @Override
  public synchronized Built build(Set<Path> changed, Consumer<WatchedFiles> known) {
    // What appears in these from now on is a change, whether the program that is read next has it or not.
    beside = NeighborSources.folders(program.path());
    known.accept(watched());
    Program read = new ProgramReader(err::println).read(options);
    if (read.sources().isEmpty()) {
      throw new UserException(
          "error: " + options.path() + " is built by a tool now: end the command and start it again");
    }
    boolean sameLibraries = read.libraries().equals(declared);
    declared = read.libraries();
    program = read.withSharedVersions(sameLibraries ? _ -> {} : err::println);
    known.accept(watched());
    built = true;
    CacheKey before = cache.key(program.sources(), program.libraries());
    allWarnings = compiled == null || (allWarnings && warnings.length == 0);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    compiled = compiler.compile(
        set(), compiled, Map.of(), false, new PrintStream(said, true, StandardCharsets.UTF_8));
    warnings = said.toByteArray();
    err.print(said.toString(StandardCharsets.UTF_8));
    CacheKey after = cache.key(program.sources(), program.libraries());
    boolean same = compiled.changes(SourceContents.of(set()).hashes(program.sources())).isEmpty()
        && before.name().equals(after.name());
    key = allWarnings && same ? after : null;
    return new Built(program, compiled.all());
  }

  @Override
  public synchronized void keep() {
    if (key != null && compiled != null) cache.put(key, compiled.all(), warnings);
    key = null;
  }

  private SourceSet set() {
    return new SourceSet(program.sources(), SourceCompiler.OPTIONS, program.libraries(), false).withApi();
  }

  @Override
  public void warm() {
    for (int i = 0; i < WARM_RUNS && warmOnce(i); i++) {
      // a save in between goes first
    }
  }

  /** Compiles what is there, which also tells which class comes from which source. Returns whether that helps. */
  private synchronized boolean warmOnce(int run) {
    if (closed || built || program.sources().size() > MOST_TO_WARM) return false;
    try {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      CompiledSources now =
          compiler.compile(set(), null, Map.of(), false, new PrintStream(said, true, StandardCharsets.UTF_8));
      if (run == 0) {
        compiled = now;
        warnings = said.toByteArray();
      }
      return true;
    } catch (UserException _) {
      return false; // it is changing at this moment
    } catch (RuntimeException e) {
      if (closed) return false; // the compiler's files were closed meanwhile
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    compiler.close();
  }
}
