package dev.pinion.cli;

import dev.pinion.inspect.ApiLoader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of a program: its own classes, then its libraries. Of the command's classes it sees Pinion's
 * API only, so a program may use any version of a library that Pinion uses too.
 */
final class ProgramLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;
  private final Set<String> own;
  private final List<Path> path;
  private final Set<Path> replaced;
  private final Set<String> others;

  /**
   * A loader of compiled classes.
   *
   * @param classes class files by class name, for classes that exist in memory only
   * @param own the names of the user's own classes
   * @param path class folders and jars
   */
  ProgramLoader(Map<String, byte[]> classes, Set<String> own, List<Path> path) {
    this(classes, own, path, Set.of(), Set.of());
  }

  /**
   * A loader of compiled classes that replace those of some folders.
   *
   * @param classes class files by class name
   * @param own the names of the user's own classes
   * @param path class folders and jars
   * @param replaced folders of the path that are searched for resources only: a class that is there and not in memory
   *     has no source any more
   * @param others the names of those of the user's classes that belong to other modules than the app's
   */
  ProgramLoader(
      Map<String, byte[]> classes, Set<String> own, List<Path> path, Set<Path> replaced, Set<String> others) {
    super("program", path.stream().map(ProgramLoader::url).toArray(URL[]::new), new ApiLoader());
    this.classes = Map.copyOf(classes);
    this.own = Set.copyOf(own);
    this.path = List.copyOf(path);
    this.replaced = Set.copyOf(replaced);
    this.others = Set.copyOf(others);
  }

  /** Returns the names of the user's own classes. */
  Set<String> own() {
    return own;
  }

  /** Returns the names of classes in memory that belong to other modules than the app's. */
  Set<String> others() {
    return others;
  }

  /** Returns whether the classes of a folder are in memory. */
  boolean isReplaced(Path folder) {
    return replaced.contains(folder) || replaced.contains(MavenBuild.real(folder));
  }

  /** Returns its class folders and jars. */
  List<Path> path() {
    return path;
  }

  /** Returns the classes that exist in memory, by name. */
  Map<String, byte[]> classes() {
    return classes;
  }

  /** Returns the classes that exist in memory, by file name. */
  Map<String, byte[]> classFiles() {
    Map<String, byte[]> files = new HashMap<>();
    classes.forEach((name, file) -> files.put(name.replace('.', '/') + ".class", file));
    return files;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] file = classes.get(name);
    if (file != null) return defineClass(name, file, 0, file.length);
    if (isGone(name.replace('.', '/') + ".class")) throw new ClassNotFoundException(name);
    return super.findClass(name);
  }

  private boolean isGone(String file) {
    return replaced.stream().anyMatch(each -> Files.exists(each.resolve(file)));
  }

  /** Opens a resource; also works for classes that exist in memory only. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    if (!name.endsWith(".class")) return super.getResourceAsStream(name);
    byte @Nullable [] file = classes.get(name.substring(0, name.length() - 6).replace('/', '.'));
    if (file != null) return new ByteArrayInputStream(file);
    return isGone(name) ? null : super.getResourceAsStream(name);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }
}
