package dev.pinion.cli;

import dev.pinion.inspect.ApiLoader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of a program: its own classes, then its libraries. Of the command it sees the API of Pinion and
 * nothing else, so that a program may bring any version of a library that Pinion uses too.
 */
final class ProgramLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;
  private final Set<String> own;

  /**
   * A loader of compiled classes.
   *
   * @param classes class files by class name, for those that are in no file
   * @param own the names of the classes that are the user's own
   * @param path class folders and jars
   */
  ProgramLoader(Map<String, byte[]> classes, Set<String> own, List<Path> path) {
    super("program", path.stream().map(ProgramLoader::url).toArray(URL[]::new), new ApiLoader());
    this.classes = Map.copyOf(classes);
    this.own = Set.copyOf(own);
  }

  /** The names of the classes that are the user's own. */
  Set<String> own() {
    return own;
  }

  /** The class files that are in no file of the user's, by their names in a class folder. */
  Map<String, byte[]> classFiles() {
    Map<String, byte[]> files = new HashMap<>();
    classes.forEach((name, file) -> files.put(name.replace('.', '/') + ".class", file));
    return files;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] file = classes.get(name);
    return file == null ? super.findClass(name) : defineClass(name, file, 0, file.length);
  }

  /** As any class loader's, and also for classes that are in no file. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte @Nullable [] file =
        name.endsWith(".class") ? classes.get(name.substring(0, name.length() - 6).replace('/', '.')) : null;
    return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(path.toString(), e);
    }
  }
}
