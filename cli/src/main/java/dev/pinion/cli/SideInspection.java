package dev.pinion.cli;

import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Finding.Kind;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
import java.io.PrintStream;
import java.util.List;

/**
 * The inspection of a running program, on its own thread, so that clients can connect before it starts. It loads the
 * program a second time and does not affect the running one.
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
   * Starts the inspection.
   *
   * @param wrong called if the app has a mistake that must stop it, after the mistake was printed
   */
  void start(Runnable wrong) {
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> {
      if (!inspect()) wrong.run();
    });
  }

  @SuppressWarnings("CatchingUnchecked") // a bug of ours must not stop the app
  private boolean inspect() {
    try {
      return tell(Inspections.of(loader, appClass, model));
    } catch (UserException failed) {
      err.println(failed.getMessage());
    } catch (RuntimeException | Error thrown) {
      err.println(
          "warning: internal error in Pinion while it inspected the app, which keeps running. Please report it with the"
              + " following lines:");
      thrown.printStackTrace(err);
    }
    return true;
  }

  /** Prints the findings that matter locally, and returns whether the app may keep running. */
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
