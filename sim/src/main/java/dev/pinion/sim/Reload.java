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

  Reloaded of(App app) {
    synchronized (run) {
      programs.mustBeOpen();
      Set<Long> others = AppThreads.ids();
      List<String> reasons = new ArrayList<>();
      Optional<Definition> definition = define(app, reasons);
      Optional<LocalValues> values = definition.flatMap(each -> check(app, each.model(), reasons));
      Reloaded result = values.isPresent() && reasons.isEmpty()
          ? apply(run.generation(programs.current().number() + 1, app, definition.orElseThrow(), values.get(), others))
          : new Reloaded.Refused(reasons);
      if (result instanceof Reloaded.Refused(List<String> why)) {
        programs.problem(Optional.of(String.join("\n", why)));
      }
      return result;
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever define throws
  private static Optional<Definition> define(App app, List<String> reasons) {
    try {
      return Optional.of(Definition.of(app));
    } catch (DefinitionException e) {
      e.problems().stream().map(Problem::toString).forEach(reasons::add);
    } catch (PhaseException e) {
      reasons.add(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      AppLines lines = AppLines.of(app.getClass());
      if (lines.in(e).isEmpty()) throw e; // a bug of ours
      reasons.add(lines.in(e).get() + ": define failed: " + new AppStack(lines).of(e));
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
