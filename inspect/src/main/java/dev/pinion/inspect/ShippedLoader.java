package dev.pinion.inspect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The class loader of a program that another process has sent. */
final class ShippedLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;

  /**
   * A loader of a program.
   *
   * @param classes the user's own class files by the names of the classes
   * @param path class folders and jars
   */
  ShippedLoader(Map<String, byte[]> classes, List<String> path) {
    super("program", path.stream().map(ShippedLoader::url).toArray(URL[]::new), new ApiLoader());
    this.classes = Map.copyOf(classes);
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte @Nullable [] file = classes.get(name);
    return file == null ? super.findClass(name) : defineClass(name, file, 0, file.length);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte @Nullable [] file =
        name.endsWith(".class") ? classes.get(name.substring(0, name.length() - 6).replace('/', '.')) : null;
    return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
  }
}
