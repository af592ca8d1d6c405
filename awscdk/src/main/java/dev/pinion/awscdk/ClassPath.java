package dev.pinion.awscdk;

import dev.pinion.App;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class path of an app, divided into what its functions need and what only this process needs.
 *
 * @param shipped class folders and jars for the functions, the app's own first; without CDK, what uses it, and Pinion's
 *     tools
 * @param program those of them that belong to the app or its libraries, without Pinion's that it only runs on
 * @param own the binary names of the classes in the same folder or jar as the app
 */
record ClassPath(List<Path> shipped, List<Path> program, Set<String> own) {
  /** What is shipped, by the app's own entry and all others: the apps of one process mostly share a class path. */
  private static final Map<List<List<Path>>, List<Entry>> KNOWN = new ConcurrentHashMap<>();

  private static final String ENDING = ".class";

  private static final List<String> CDK =
      List.of("software/amazon/awscdk/", "software/amazon/jsii/", "software/constructs/");

  private static final List<String> PINION = List.of("dev/pinion/");
  private static final List<String> SHIPPED_BY_PINION = List.of("dev/pinion/");

  /** What an entry has that runs on a developer's machine only. */
  private static final List<String> TOOLS = List.of(
      "dev/pinion/awscdk/",
      "dev/pinion/aws/",
      "dev/pinion/inspect/",
      "dev/pinion/tfaws/",
      "dev/pinion/engine/",
      "dev/pinion/gateway/",
      "dev/pinion/tables/",
      "dev/pinion/sim/",
      "dev/pinion/cli/");

  /** What an entry has that comes with CDK, and is shipped only if the app uses it too. */
  private static final List<String> COMPANIONS =
      List.of("com/fasterxml/jackson/", "org/jetbrains/annotations/", "javax/annotation/");

  ClassPath {
    shipped = List.copyOf(shipped);
    program = List.copyOf(program);
    own = Set.copyOf(own);
  }

  static ClassPath of(Class<? extends App> app) {
    @Nullable CodeSource source = app.getProtectionDomain().getCodeSource();
    if (source == null)
      throw new IllegalArgumentException("the app " + app.getName() + " was not loaded from a folder or a jar");
    Entry home = Entry.of(path(source.getLocation()));
    Set<String> own = home.names().stream()
        .filter(name -> name.endsWith(ENDING) && !name.endsWith("-info.class") && !name.startsWith("META-INF/"))
        .map(name -> name.substring(0, name.length() - ENDING.length()).replace('/', '.'))
        .collect(Collectors.toSet());
    List<Path> entries = entries(app.getClassLoader());
    List<Entry> shipped = KNOWN.computeIfAbsent(List.of(List.of(home.path()), entries), _ -> shipped(home, entries));
    return new ClassPath(
        shipped.stream().map(Entry::path).toList(),
        shipped.stream().filter(each -> each.equals(home) || !each.has(PINION) || each.isLibrary())
            .map(Entry::path).toList(),
        own);
  }

  /** Where a class loader has its classes from; also in Maven's own JVM, where the class path is that of Maven. */
  private static List<Path> entries(ClassLoader loader) {
    Stream<Path> named = loader instanceof URLClassLoader known
        ? Stream.of(known.getURLs()).map(ClassPath::path)
        : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry).toAbsolutePath());
    Set<Path> all = new LinkedHashSet<>();
    named.forEach(entry -> addWithClassPath(entry, all));
    return List.copyOf(all);
  }

  /** Adds an entry, and those that the manifest of a jar names. */
  private static void addWithClassPath(Path entry, Set<Path> all) {
    if (!all.add(entry) || !Files.isRegularFile(entry)) return;
    Entry.classPath(entry).forEach(named -> addWithClassPath(named, all));
  }

  private static List<Entry> shipped(Entry home, List<Path> paths) {
    Set<Entry> all = new LinkedHashSet<>(List.of(home));
    paths.stream()
        .filter(Files::exists)
        .map(Entry::of)
        // What uses CDK, such as stacks, is no function's either.
        .filter(each -> !each.has(CDK) && !each.has(TOOLS) && (each.equals(home) || !names(each, CDK)))
        .forEach(all::add);
    List<Entry> companions = new ArrayList<>(all.stream().filter(each -> each.has(COMPANIONS)).toList());
    companions.remove(home);
    List<Entry> shipped = new ArrayList<>(all.stream().filter(each -> !companions.contains(each)).toList());
    for (int i = 0; i < shipped.size() && !companions.isEmpty(); i++) {
      Entry user = shipped.get(i);
      List<Entry> used = companions.stream().filter(each -> names(user, each.packages())).toList();
      companions.removeAll(used);
      shipped.addAll(used);
    }
    return shipped;
  }

  /** Whether an entry names a package; what Pinion itself ships, of which there is much, names none of these. */
  private static boolean names(Entry entry, Collection<String> packages) {
    return !entry.has(SHIPPED_BY_PINION) && entry.names(packages);
  }

  static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }

  private static Path path(URL url) {
    try {
      return Path.of(url.toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url.toString(), e);
    }
  }
}
