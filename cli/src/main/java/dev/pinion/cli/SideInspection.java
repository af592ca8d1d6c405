package dev.pinion.cli;

import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.InspectionChanges;
import dev.pinion.sim.Simulator;
import dev.pinion.spi.AppModel;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The inspections of a running program, so that clients can connect before they start, each in a separate process. The
 * running program learns its handlers' roles from them, and is not affected otherwise. One runs at a time, of the
 * newest program. The first is reported as a whole, later ones by what differs.
 */
final class SideInspection {
  /** Set while the launcher records what a start loads: an inspection loads the same in either process. */
  private static final String TRAINING = "pinion.training";

  private final Inspections inspections;
  private final Simulator simulator;
  private final PrintStream err;
  private @Nullable Request wanted;
  private @Nullable Inspection last;
  private boolean running = true;

  /** A program to be inspected. */
  private record Request(ProgramLoader loader, String appClass, AppModel model) {}

  /** Inspections of a running program, which begin with {@link #start}. */
  SideInspection(Inspections inspections, Simulator simulator, ProgramLoader loader, String appClass, PrintStream err) {
    this.inspections = inspections;
    this.simulator = simulator;
    this.err = err;
    wanted = new Request(loader, appClass, simulator.model());
  }

  /**
   * Starts to inspect.
   *
   * @param wrong called if the app has a mistake that must stop it, after the mistake was printed
   * @param idle called when nothing is left to inspect
   */
  void start(Runnable wrong, Runnable idle) {
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> {
      inspectAll(wrong);
      idle.run();
    });
  }

  /**
   * Replaces the program that runs, and starts to inspect the new one if there is one. No inspection of the program
   * before is reported then.
   *
   * @param replace returns whether the program was replaced
   */
  synchronized void after(ProgramLoader loader, String appClass, BooleanSupplier replace) {
    if (!replace.getAsBoolean()) return;
    wanted = new Request(loader, appClass, simulator.model());
    if (running) return;
    running = true;
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> inspectAll(() -> {}));
  }

  private void inspectAll(Runnable wrong) {
    Runnable first = wrong;
    for (Request request = next(); request != null; request = next()) {
      inspect(request, first);
      first = () -> {};
    }
  }

  private synchronized @Nullable Request next() {
    Request next = wanted;
    wanted = null;
    running = next != null;
    return next;
  }

  private void inspect(Request request, Runnable wrong) {
    try {
      Inspection inspection = Boolean.getBoolean(TRAINING)
          ? inspections.of(request.loader, request.appClass, request.model)
          : inspections.apart(request.loader, request.appClass, request.model);
      report(inspection, wrong);
    } catch (UserException failed) {
      err.println(ErrorForm.of(String.valueOf(failed.getMessage())));
    } catch (Throwable thrown) { // a bug of ours must not stop the app
      err.println(
          "warning: internal error in Pinion while it inspected the app, which keeps running. Please report it with the"
              + " following lines:");
      thrown.printStackTrace(err);
    }
  }

  private synchronized void report(Inspection inspection, Runnable wrong) {
    if (wanted != null) return;
    if (last == null) {
      if (!simulator.inspected(inspection, err)) wrong.run();
    } else {
      simulator.inspected(simulator.status().program(), inspection);
      InspectionChanges.between(last, inspection).forEach(err::println);
      err.flush();
    }
    last = inspection;
  }
}
