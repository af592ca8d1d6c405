package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.inspect.ApiLoader;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Inspector;
import dev.pinion.spi.AppModel;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/** Inspections of apps from the class path, such as those of tests: one for each class, as its code does not change. */
final class AppInspection {
  /** What the names of Pinion's own classes start with. */
  private static final String PINION = App.class.getPackageName() + ".";

  private static final Map<Class<?>, Inspection> KNOWN = new WeakHashMap<>();

  private AppInspection() {}

  /**
   * Inspects an app, or returns what an earlier inspection of its class found. Empty for an app that cannot be created
   * again, such as a lambda, or a class whose constructor takes parameters.
   */
  static Optional<Inspection> of(App app, AppModel model) throws IOException {
    Class<? extends App> type = app.getClass();
    if (!isInspectable(type)) return Optional.empty();
    synchronized (KNOWN) {
      Inspection known = KNOWN.get(type);
      if (known == null) {
        try (URLClassLoader program = new URLClassLoader("program", classPath(), new ApiLoader())) {
          known = new Inspector(program, own()).inspect(type.getName(), model);
        }
        KNOWN.put(type, known);
      }
      return Optional.of(known);
    }
  }

  private static boolean isInspectable(Class<?> type) {
    boolean nested = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    if (type.isHidden() || type.isAnonymousClass() || type.isLocalClass() || nested) return false;
    return Stream.of(type.getDeclaredConstructors()).anyMatch(each -> each.getParameterCount() == 0);
  }

  private static List<Path> elements() {
    return Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
        .filter(each -> !each.isEmpty())
        .map(Path::of)
        .toList();
  }

  private static URL[] classPath() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path element : elements()) {
      urls.add(element.toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }

  /** The names of all classes in folders of the class path, without Pinion's own: what the project has compiled. */
  private static Set<String> own() throws IOException {
    Set<String> names = new HashSet<>();
    for (Path folder : elements()) {
      if (!Files.isDirectory(folder)) continue;
      try (Stream<Path> files = Files.walk(folder)) {
        files.map(file -> folder.relativize(file).toString())
            .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
            .map(file -> file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
            .filter(name -> !name.startsWith(PINION))
            .forEach(names::add);
      }
    }
    return names;
  }
}
