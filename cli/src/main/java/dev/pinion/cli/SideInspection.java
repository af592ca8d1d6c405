package dev.pinion.cli;

import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Finding.Kind;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
import java.io.PrintStream;
import java.util.List;

/**
 * The inspection of a program beside running it, on a thread of its own: clients are let in before it begins. It loads
 * the program a second time, and touches nothing of the one that runs.
 */
final class SideInspection {
  private final ProgramLoader loader;
  private final String appClass;
  private final AppModel model;
  private final PrintStream err;

  SideInspection(ProgramLoader loader, String appClass, AppModel model, PrintStream err) {
    this.loader = loader;
    this.appClass = appClass;
    this.model = model;
    this.err = err;
  }

  /**
   * Begins.
   *
   * @param wrong run when the app has a mistake with which it must not go on; it has been told then
   */
  void start(Runnable wrong) {
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> {
      if (!inspect()) wrong.run();
    });
  }

  @SuppressWarnings("CatchingUnchecked") // a mistake of ours must not end the app
  private boolean inspect() {
    try {
      return tell(Inspections.of(loader, appClass, model));
    } catch (UserException failed) {
      err.println(failed.getMessage());
    } catch (RuntimeException | Error thrown) {
      err.println("warning: the app runs, but Pinion failed to look for mistakes in it. Please report these lines:");
      thrown.printStackTrace(err);
    }
    return true;
  }

  /** Tells what matters here; whether the app may go on. What handlers are allowed matters on AWS only. */
  private boolean tell(Inspection inspection) {
    List<Finding> mistakes = inspection.findings().stream().filter(each -> each.kind() == Kind.MISTAKE).toList();
    inspection.findings().stream()
        .filter(each -> each.kind() == Kind.PHASE || each.kind() == Kind.DIFFERENCE)
        .forEach(err::println);
    mistakes.forEach(err::println);
    err.flush();
    return mistakes.isEmpty();
  }
}
