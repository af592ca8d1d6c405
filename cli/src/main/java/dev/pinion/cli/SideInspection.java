package dev.pinion.cli;

import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.InspectionChanges;
import dev.pinion.sim.Simulator;
import dev.pinion.spi.AppModel;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inspections of a running program, so that clients can connect before they start, each in a separate process. The
 * running program learns its handlers' roles from them, and is not affected otherwise. One runs at a time, of the newest
 * program. The first is reported as a whole, later ones by what differs.
 */
final class SideInspection {
  /** Set while the launcher records what a start loads: an inspection loads the same in either process. */
  private static final String TRAINING = "pinion.training";

  private final Inspections inspections;
  private final Simulator simulator;
  private final PrintStream err;
  private @Nullable Request wanted;
  private @Nullable Inspection last;
  private boolean running;

  /** A program to be inspected, and what is done once it is, unless another program has taken its place by then. */
  private record Request(ProgramLoader loader, String appClass, AppModel model, Runnable wrong, Runnable done) {}

  SideInspection(Inspections inspections, Simulator simulator, PrintStream err) {
    this.inspections = inspections;
    this.simulator = simulator;
    this.err = err;
  }

  /**
   * Starts to inspect the program that runs.
   *
   * @param wrong called if the app has a mistake that must stop it, after the mistake was printed
   * @param done called when nothing is left to inspect
   */
  void start(ProgramLoader loader, String appClass, Runnable wrong, Runnable done) {
    want(new Request(loader, appClass, simulator.model(), wrong, done));
  }

  /**
   * Replaces the program that runs, and starts to inspect the new one if there is one. No inspection of the program
   * before is reported then.
   *
   * @param replace returns whether the program was replaced
   */
  synchronized void after(ProgramLoader loader, String appClass, Supplier<Boolean> replace) {
    if (replace.get()) want(new Request(loader, appClass, simulator.model(), () -> {}, () -> {}));
  }

  private synchronized void want(Request request) {
    wanted = request;
    if (running) return;
    running = true;
    Thread.ofPlatform().name("pinion-inspect").daemon().start(this::run);
  }

  private void run() {
    for (Request request = next(); request != null; request = next()) {
      inspect(request);
      request.done.run();
    }
  }

  private synchronized @Nullable Request next() {
    Request next = wanted;
    wanted = null;
    running = next != null;
    return next;
  }

  @SuppressWarnings("CatchingUnchecked") // a bug of ours must not stop the app
  private void inspect(Request request) {
    try {
      Inspection inspection = Boolean.getBoolean(TRAINING)
          ? inspections.of(request.loader, request.appClass, request.model)
          : inspections.apart(request.loader, request.appClass, request.model);
      report(request, inspection);
    } catch (UserException failed) {
      err.println(ErrorForm.of(String.valueOf(failed.getMessage())));
    } catch (RuntimeException | Error thrown) {
      err.println(
          "warning: internal error in Pinion while it inspected the app, which keeps running. Please report it with the"
              + " following lines:");
      thrown.printStackTrace(err);
    }
  }

  private synchronized void report(Request request, Inspection inspection) {
    if (wanted != null) return;
    if (last == null) {
      if (!simulator.inspected(inspection, err)) request.wrong.run();
    } else {
      simulator.inspected(simulator.status().program(), inspection);
      InspectionChanges.between(last, inspection).forEach(err::println);
      err.flush();
    }
    last = inspection;
  }
}
