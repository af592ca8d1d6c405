package dev.pinion.cli;

import dev.pinion.cli.ClassApi.Change;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Map<Path, String> contents = contents(set.sources());
    String libraries = new CacheKey("class path").stamps(existing(set.classPath())).name();
    if (before == null || othersChanged || isOther(set, before, contents, libraries)) {
      return full(set, contents, libraries, others, err);
    }
    Set<Path> changed = before.changes(contents);
    if (changed.isEmpty()) return before;
    Run run = run(set, changed, known(before, changed, others), libraries);
    // All messages, and not only those about what has changed.
    if (!run.passed()) return full(set, contents, libraries, others, err);
    Change change = before.change(run.classes());
    if (change == Change.MEMBERS) {
      changed = before.withDependents(changed);
      if (changed.size() < contents.size()) {
        run = run(set, changed, known(before, changed, others), libraries);
        change = run.passed() && !isShape(before.change(run.classes())) ? Change.NONE : Change.SHAPE;
      }
    }
    if (change != Change.NONE) return full(set, contents, libraries, others, err);
    err.print(run.messages());
    return before.with(set, contents, run.classes());
  }

  private static boolean isShape(Change change) {
    return change == Change.SHAPE;
  }

  private static boolean isOther(SourceSet set, CompiledSources before, Map<Path, String> now, String libraries) {
    return set.processed() || !set.isCompiledAs(before.set()) || !now.keySet().equals(before.contents().keySet())
        || !libraries.equals(before.libraries())
        || now.keySet().stream().anyMatch(each -> each.endsWith("module-info.java"));
  }

  private CompiledSources full(SourceSet set, Map<Path, String> contents, String libraries,
      Map<String, byte[]> others, PrintStream err) {
    if (contents.isEmpty()) return new CompiledSources(set, contents, libraries, Map.of());
    Run run = run(set, contents.keySet(), others, libraries);
    if (!run.passed()) throw new UserException(run.messages().stripTrailing());
    err.print(run.messages());
    return new CompiledSources(set, contents, libraries, run.classes());
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

  private Run run(SourceSet set, Collection<Path> sources, Map<String, byte[]> known, String libraries) {
    StringWriter messages = new StringWriter();
    StandardJavaFileManager open = files(libraries, sources);
    CompilerFiles memory = new CompilerFiles(open, known, sources);
    List<String> options = new ArrayList<>(set.options());
    options.addAll(List.of("-classpath",
        Stream.concat(Stream.of(Installation.api()), set.classPath().stream()).map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator))));
    var units = open.getJavaFileObjectsFromPaths(sources.stream().sorted().toList());
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
  private StandardJavaFileManager files(String libraries, Collection<Path> sources) {
    boolean moved = false;
    for (Path each : sources) {
      Path real = MavenBuild.real(each);
      Path before = targets.put(each, real);
      moved |= before != null && !before.equals(real);
    }
    if (files == null || moved || !opened.equals(libraries)) {
      close();
      files = compiler().getStandardFileManager(null, null, StandardCharsets.UTF_8);
      opened = libraries;
    }
    return files;
  }

  /** Finding it loads classes, so it happens late. */
  private JavaCompiler compiler() {
    if (compiler == null) compiler = SourceCompiler.find();
    return compiler;
  }

  private static List<Path> existing(List<Path> path) {
    return path.stream().filter(Files::isRegularFile).toList();
  }

  private static Map<Path, String> contents(List<Path> sources) {
    Map<Path, String> contents = new HashMap<>();
    for (Path source : new HashSet<>(sources)) {
      try {
        contents.put(source, HexFormat.of().formatHex(CacheKey.hash(Files.readAllBytes(source))));
      } catch (IOException e) {
        contents.put(source, ""); // the compiler says what is wrong
      }
    }
    return contents;
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
