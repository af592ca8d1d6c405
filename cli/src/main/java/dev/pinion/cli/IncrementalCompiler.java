package dev.pinion.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's compiler, in this process, for sources that change little by little: it compiles what has changed, and what
 * depends on that. Where it is not sure what does, it compiles everything. One thread at a time.
 */
final class IncrementalCompiler implements AutoCloseable {
  private @Nullable JavaCompiler compiler;
  private @Nullable StandardJavaFileManager files;
  private String opened = "";
  /** What the sources are links to, if they are. */
  private final Map<Path, Path> targets = new HashMap<>();

  /**
   * Compiles sources.
   *
   * @param before what they were compiled to the last time; null if they were not
   * @param others classes that they use, and that are younger than those of the class path
   * @param othersChanged whether other members of those are seen than before
   * @param err where warnings go
   * @throws UserException with the compiler's messages
   */
  CompiledSources compile(SourceSet set, @Nullable CompiledSources before, Map<String, byte[]> others,
      boolean othersChanged, PrintStream err) {
    SourceContents texts = SourceContents.of(set);
    Map<Path, String> contents = texts.hashes(set.sources());
    String libraries = new CacheKey("class path").stamps(set.classPath()).name();
    Build build = new Build(set, texts, contents, libraries, others);
    if (before == null || othersChanged || isOther(build, before)) return full(build, err);
    Set<Path> changed = before.changes(contents);
    if (changed.isEmpty()) return before;
    Run run = run(build, changed, known(before, changed, others));
    // All messages, and not only those about what has changed.
    if (!run.passed()) return full(build, err);
    ApiChange change = before.change(run.classes());
    if (!change.isNone() && !change.shape()) {
      CompiledSources now = before.with(set, contents, run.classes());
      Set<Path> dependents = before.withDependents(changed, change.names(), texts);
      if (dependents.size() < contents.size()) {
        run = run(build, dependents, known(before, dependents, others));
        change = run.passed() ? now.change(run.classes()) : change;
      }
    }
    if (!change.isNone()) return full(build, err);
    err.print(run.messages());
    return before.with(set, contents, run.classes());
  }

  /**
   * What is compiled.
   *
   * @param texts what the sources hold
   * @param contents hashes of that
   * @param libraries what the class path is, by its files' dates
   * @param others classes that are younger than those of the class path
   */
  private record Build(SourceSet set, SourceContents texts, Map<Path, String> contents, String libraries,
      Map<String, byte[]> others) {}

  private static boolean isOther(Build build, CompiledSources before) {
    Set<Path> now = build.contents.keySet();
    return build.set.processed() || !build.set.isCompiledAs(before.set()) || !now.equals(before.contents().keySet())
        || !build.libraries.equals(before.libraries()) || now.stream().anyMatch(MavenBuild::isOfModule);
  }

  private CompiledSources full(Build build, PrintStream err) {
    Map<Path, Map<String, byte[]>> classes = Map.of();
    if (!build.contents.isEmpty()) {
      Run run = run(build, build.contents.keySet(), build.others);
      if (!run.passed()) throw new UserException(run.messages().stripTrailing());
      err.print(run.messages());
      classes = run.classes();
    }
    return new CompiledSources(build.set, build.contents, build.libraries, classes);
  }

  /** Returns the classes that are not compiled in a run. */
  private static Map<String, byte[]> known(CompiledSources before, Set<Path> compiled, Map<String, byte[]> others) {
    Map<String, byte[]> known = new HashMap<>(others);
    before.classes().forEach((source, classes) -> {
      if (!compiled.contains(source)) known.putAll(classes);
    });
    return known;
  }

  /**
   * One run of the compiler.
   *
   * @param passed whether there were no errors
   * @param messages errors and warnings
   * @param classes class files by source and name
   */
  private record Run(boolean passed, String messages, Map<Path, Map<String, byte[]>> classes) {}

  private Run run(Build build, Collection<Path> sources, Map<String, byte[]> known) {
    StringWriter messages = new StringWriter();
    StandardJavaFileManager open = files(build, sources);
    CompilerFiles memory = new CompilerFiles(open, known, sources);
    List<String> options = new ArrayList<>(build.set.options());
    options.addAll(List.of("-classpath",
        build.set.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
    var units = memory.units(build.texts);
    boolean passed = compiler().getTask(messages, memory, null, options, null, units).call();
    Map<Path, Map<String, byte[]>> classes = new HashMap<>();
    sources.forEach(source -> classes.put(source, Map.of()));
    classes.putAll(memory.classes());
    return new Run(passed, SourceCompiler.text(messages), classes);
  }

  /**
   * The compiler's view of files: it keeps jars open and remembers where links lead, so it is made anew when one of
   * these has changed.
   */
  private StandardJavaFileManager files(Build build, Collection<Path> sources) {
    String version = build.libraries + build.texts.charset();
    boolean moved = false;
    for (Path each : sources) {
      Path real = MavenBuild.real(each);
      Path before = targets.put(each, real);
      moved |= before != null && !before.equals(real);
    }
    if (files == null || moved || !opened.equals(version)) {
      close();
      files = compiler().getStandardFileManager(null, null, build.texts.charset());
      opened = version;
    }
    return files;
  }

  /** Finding it loads classes, so it happens late. */
  private JavaCompiler compiler() {
    if (compiler == null) compiler = SourceCompiler.find();
    return compiler;
  }

  @Override
  public void close() {
    if (files == null) return;
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      files = null;
    }
  }
}
