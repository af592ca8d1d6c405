package dev.pinion.cli;

import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Finding.Kind;
import dev.pinion.inspect.Inspection;
import dev.pinion.sim.Simulator;
import java.io.PrintStream;
import java.util.List;

/**
 * The inspection of a running program, so that clients can connect before it starts. It happens in a separate process.
 * The running program learns its handlers' roles from it, and is not affected otherwise.
 */
final class SideInspection {
  /** Set while the launcher records what a start loads: an inspection loads the same in either process. */
  private static final String TRAINING = "pinion.training";

  private final Inspections inspections;
  private final ProgramLoader loader;
  private final String appClass;
  private final Simulator simulator;
  private final PrintStream err;

  SideInspection(
      Inspections inspections, ProgramLoader loader, String appClass, Simulator simulator, PrintStream err) {
    this.inspections = inspections;
    this.loader = loader;
    this.appClass = appClass;
    this.simulator = simulator;
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
      Inspection inspection =
          Boolean.getBoolean(TRAINING) ? inspections.of(loader, appClass, simulator.model())
              : inspections.apart(loader, appClass, simulator.model());
      simulator.inspected(inspection);
      return tell(inspection);
    } catch (UserException failed) {
      err.println(ErrorForm.of(String.valueOf(failed.getMessage())));
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
        .filter(each -> each.kind() != Kind.MISTAKE && each.kind() != Kind.PERMISSION)
        .forEach(err::println);
    mistakes.forEach(err::println);
    err.flush();
    return mistakes.isEmpty();
  }
}
