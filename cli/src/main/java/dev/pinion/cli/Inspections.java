package dev.pinion.cli;

import dev.pinion.Definition;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Inspector;
import dev.pinion.inspect.LambdaRegion;
import dev.pinion.inspect.SavedInspection;
import dev.pinion.spi.AppModel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Inspections of programs: define runs once in the program's class loader and once in the inspector's. */
final class Inspections {
  /** Variables of the environment that differ from one terminal or command to the next. */
  private static final Set<String> VOLATILE = Set.of("_", "SHLVL", "OLDPWD", "COLUMNS", "LINES");

  /** Properties of the JVM that are another for each command, or are set when somebody first asks for them. */
  private static final Set<String> LATE = Set.of("sun.java.command", "user.timezone");

  private final RunCache cache;

  Inspections(RunCache cache) {
    this.cache = cache;
  }

  /**
   * Runs an app's define.
   *
   * @throws UserException for a mistake in the app's definition, and for anything that its code throws
   */
  static AppModel define(ProgramLoader loader, AppClass app) {
    LambdaRegion.provide();
    return UserCode.call(loader, () -> Definition.of(app.create()).model());
  }

  /**
   * Inspects a program whose define has run.
   *
   * @throws UserException if define fails the second time
   */
  Inspection of(ProgramLoader loader, String appClass, AppModel first) {
    return cached(loader, appClass, first, () -> {
      try (Silence _ = new Silence()) {
        return inspect(loader, () -> new Inspector(loader, loader.own()).inspect(appClass, first));
      }
    });
  }

  /**
   * Inspects a program that runs in this process: in another, so that its second define does not reach the running one.
   *
   * @throws UserException if define fails the second time
   */
  Inspection apart(ProgramLoader loader, String appClass, AppModel first) {
    return cached(
        loader, appClass, first,
        () -> inspect(loader, () -> new Inspector(loader, loader.own()).inspectApart(appClass, first)));
  }

  /** Inspects a program unless the cache has its inspection; define has run once in any case. */
  private Inspection cached(ProgramLoader loader, String appClass, AppModel first, Supplier<Inspection> inspect) {
    if (cache.isOff()) return inspect.get();
    CacheKey key = key(loader, appClass, first);
    Optional<byte[]> known = cache.get(key);
    if (known.isPresent()) return SavedInspection.read(known.get());
    Inspection inspection = inspect.get();
    if (SavedInspection.isLasting(inspection)) cache.put(key, SavedInspection.write(inspection));
    return inspection;
  }

  /**
   * Libraries may read the environment and files without the inspection's knowing, so the key has all of the
   * environment, and the files of the folder that the command runs in.
   */
  private static CacheKey key(ProgramLoader loader, String appClass, AppModel first) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeAll(VOLATILE);
    Map<String, String> properties = new HashMap<>();
    System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
    properties.keySet().removeAll(LATE);
    return new CacheKey("inspection").add(appClass)
        .add(SavedInspection.declarations(first))
        .classes(loader.classFiles())
        .stamps(loader.path())
        .filesOf(Path.of(""))
        .add(environment)
        .add(properties);
  }

  /**
   * Runs define from the package of the functions as {@link DefineProcess} does, once for each package: it runs without
   * the environment of this machine.
   *
   * @throws UserException if it fails
   */
  void checkDefine(byte[] zip, String appClass) {
    if (cache.isOff()) {
      DefineProcess.check(zip, appClass);
      return;
    }
    CacheKey key = new CacheKey("define").add(appClass).add(zip);
    if (cache.get(key).isPresent()) return;
    DefineProcess.check(zip, appClass);
    cache.put(key, new byte[0]);
  }

  private static Inspection inspect(ProgramLoader loader, Supplier<Inspection> inspector) {
    try {
      return UserCode.call(loader, inspector);
    } catch (UserException mistake) {
      throw new UserException(
          mistake.getMessage() + "\n  This happened when define ran a second time, in a separate class loader, as in"
              + " each new function instance. The first run succeeded. define should only declare resources and"
              + " handlers.",
          mistake);
    }
  }

  /** Returns findings as lines. */
  static List<String> lines(List<Finding> findings) {
    return findings.stream().map(Finding::toString).toList();
  }

  /**
   * Checks that a program may be deployed.
   *
   * @throws UserException if there are errors
   */
  static void check(Inspection inspection) {
    if (inspection.errors().isEmpty()) return;
    throw new UserException(inspection.errors().stream().map(Finding::toString).collect(Collectors.joining("\n")));
  }
}
