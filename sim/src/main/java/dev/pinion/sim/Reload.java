package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.DefinitionException.Problem;
import dev.pinion.PhaseException;
import dev.pinion.gateway.Gateway;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Replaces the program of a run: all of it, or nothing. What can fail comes first: {@code define}, the values, the
 * rows, the ports. Then the tables change, all at once, and then the gateways lead to the new program.
 */
final class Reload {
  private final Run run;
  private final Programs programs;

  Reload(Run run, Programs programs) {
    this.run = run;
    this.programs = programs;
  }

  /** Runs {@code define}, which touches nothing that runs. */
  static Replacement prepare(App app) {
    Set<Long> others = AppThreads.ids();
    List<String> mistakes = new ArrayList<>();
    return new Replacement(app, define(app, mistakes), mistakes, others);
  }

  Reloaded of(Replacement next) {
    synchronized (run) {
      programs.mustBeOpen();
      List<String> reasons = new ArrayList<>(next.mistakes());
      Optional<LocalValues> values = next.definition().flatMap(each -> check(next.app(), each.model(), reasons));
      Reloaded result = values.isPresent() && reasons.isEmpty() ? apply(generation(next, values.get()))
          : new Reloaded.Refused(reasons);
      if (result instanceof Reloaded.Refused(List<String> why)) {
        programs.problem(Optional.of(String.join("\n", why)));
      }
      return result;
    }
  }

  private Generation generation(Replacement next, LocalValues values) {
    return run.generation(
        programs.current().number() + 1, next.app(), next.definition().orElseThrow(), values, next.others());
  }

  /** Runs {@code define}, which may leave its thread interrupted: what comes next would fail. */
  static Definition defined(App app) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    try {
      return Definition.of(app);
    } finally {
      if (!interrupted) {
        var _ = Thread.interrupted();
      }
    }
  }

  private static Optional<Definition> define(App app, List<String> mistakes) {
    try {
      return Optional.of(defined(app));
    } catch (DefinitionException e) {
      e.problems().stream().map(Problem::toString).forEach(mistakes::add);
    } catch (PhaseException e) {
      mistakes.add(String.valueOf(e.getMessage()));
    } catch (Throwable e) { // whatever define throws, also what it does not declare
      AppLines lines = AppLines.of(app.getClass());
      if (lines.in(e).isEmpty()) throw e; // a bug of ours
      mistakes.add(lines.in(e).get() + ": define failed: " + new AppStack(lines).of(e));
    }
    return Optional.empty();
  }

  private Optional<LocalValues> check(App app, AppModel model, List<String> reasons) {
    if (!Simulator.isTriggered(model)) {
      reasons.add(
          "app " + app.getClass().getName()
              + " declares no WebSocket, no HTTP API and no schedule, so nothing can call its handlers:"
              + " declare one, such as cloud.webSocket(\"chat\").create()");
    }
    openMessages(model, reasons);
    reasons.addAll(tables(() -> run.tables.refusals(model.tables())));
    try {
      return Optional.of(LocalValues.of(model, run.options));
    } catch (SimulatorException e) {
      String.valueOf(e.getMessage()).lines().forEach(reasons::add);
      return Optional.empty();
    }
  }

  private void openMessages(AppModel model, List<String> reasons) {
    if (!LocalMessages.has(model)) return;
    try {
      var _ = run.messages.open();
    } catch (SimulatorException e) {
      String.valueOf(e.getMessage()).lines().forEach(reasons::add);
    }
  }

  private Reloaded apply(Generation next) {
    Generation before = programs.current();
    TableChanges changed = programs.triggers().changes();
    try (NewGateways added = new NewGateways(); HttpApis.Added http = started(next, added)) {
      List<TableModel> tables = next.model().tables();
      changed.redeclaring(tables);
      List<String> refusals = tables(() -> run.tables.redeclare(tables, programs.hasRetired()));
      if (!refusals.isEmpty()) return new Reloaded.Refused(refusals);
      List<String> changes = DeclarationChanges.between(before, next, added.started(), http.started());
      programs.replace(next, added, http, changes);
      return new Reloaded.Applied(next.number(), changes);
    } catch (SimulatorException e) {
      return new Reloaded.Refused(String.valueOf(e.getMessage()).lines().toList());
    } finally {
      changed.redeclaring(List.of());
    }
  }

  /** Starts the gateways of new WebSockets, and returns those of new HTTP APIs. */
  private HttpApis.Added started(Generation next, NewGateways added) {
    added.start(next, programs);
    List<Integer> used = Stream.concat(programs.all().stream(), added.started().values().stream()).map(Gateway::port)
        .toList();
    return programs.httpApis().add(next, used);
  }

  /** Asks the tables for something; returns why they refuse it. */
  private List<String> tables(Supplier<List<String>> asked) {
    try {
      return asked.get();
    } catch (IllegalStateException e) {
      programs.mustBeOpen();
      return List.of(String.valueOf(e.getMessage())); // the disk is full, or fails
    }
  }
}
