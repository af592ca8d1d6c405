package dev.pinion.cli;

import dev.pinion.Definition;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Inspector;
import dev.pinion.spi.AppModel;
import java.util.List;
import java.util.stream.Collectors;

/** Inspections of programs: define runs once in the program's own class loader, and once in the inspector's. */
final class Inspections {
  private Inspections() {}

  /**
   * Runs an app's define.
   *
   * @throws UserException for a mistake in the app's definition, and for what its own code threw
   */
  static AppModel define(ProgramLoader loader, AppClass app) {
    return UserCode.call(loader, () -> Definition.of(app.create()).model());
  }

  /**
   * Inspects a program whose define has run.
   *
   * @throws UserException when define fails the second time
   */
  static Inspection of(ProgramLoader loader, String appClass, AppModel first) {
    try (Silence _ = new Silence()) {
      return UserCode.call(loader, () -> new Inspector(loader, loader.own()).inspect(appClass, first));
    } catch (UserException mistake) {
      throw new UserException(
          mistake.getMessage() + "\n  This was the second time that define ran, in class loaders of its own, as every"
              + " function instance runs it; the first time it passed. Let it do no more than declare.",
          mistake);
    }
  }

  /** Findings as lines. */
  static List<String> lines(List<Finding> findings) {
    return findings.stream().map(Finding::toString).toList();
  }

  /**
   * Ends a command whose program must not be deployed.
   *
   * @throws UserException when there are errors
   */
  static void check(Inspection inspection) {
    if (inspection.errors().isEmpty()) return;
    throw new UserException(inspection.errors().stream().map(Finding::toString).collect(Collectors.joining("\n")));
  }
}
