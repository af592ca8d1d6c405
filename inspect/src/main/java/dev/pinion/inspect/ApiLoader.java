package dev.pinion.inspect;

import dev.pinion.App;
import dev.pinion.spi.AppModel;
import java.util.Set;

/**
 * The parent of a program's class loader: the API of Pinion and the whole JDK, and nothing else of this process. So a
 * program may bring any version of a library that Pinion or its host uses too.
 */
public final class ApiLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final Set<String> CORE = Set.of(App.class.getPackageName(), AppModel.class.getPackageName());

  /** A loader of the API that this class was loaded with. */
  public ApiLoader() {
    super("pinion", getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String named = name.substring(0, Math.max(name.lastIndexOf('.'), 0));
    if (CORE.contains(named) || isOfTool(named)) return App.class.getClassLoader().loadClass(name);
    throw new ClassNotFoundException(name);
  }

  /** Whether a package is of one of the JDK's modules that are not the platform loader's, such as jdk.compiler. */
  private static boolean isOfTool(String named) {
    return ModuleLayer.boot().modules().stream().anyMatch(module -> module.getPackages().contains(named));
  }
}
