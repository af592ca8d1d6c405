package dev.pinion.cli;

import dev.pinion.Definition;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Inspector;
import dev.pinion.inspect.LambdaRegion;
import dev.pinion.spi.AppModel;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Inspections of programs: define runs once in the program's class loader and once in the inspector's. */
final class Inspections {
  private Inspections() {}

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
  static Inspection of(ProgramLoader loader, String appClass, AppModel first) {
    try (Silence _ = new Silence()) {
      return inspect(loader, () -> new Inspector(loader, loader.own()).inspect(appClass, first));
    }
  }

  /**
   * Inspects a program that runs in this process: in another, so that its second define does not reach the running one.
   *
   * @throws UserException if define fails the second time
   */
  static Inspection apart(ProgramLoader loader, String appClass, AppModel first) {
    return inspect(loader, () -> new Inspector(loader, loader.own()).inspectApart(appClass, first));
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
