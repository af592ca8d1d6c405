package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.DefinitionException.Problem;
import dev.pinion.PhaseException;
import dev.pinion.gateway.Gateway;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Replaces the program of a run: all of it, or nothing. */
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
      Reloaded result = attempt(app);
      if (result instanceof Reloaded.Refused(List<String> reasons)) {
        programs.problem(Optional.of(String.join("\n", reasons)));
      }
      return result;
    }
  }

  private Reloaded attempt(App app) {
    try {
      Definition definition = Definition.of(app);
      return apply(app, definition, LocalValues.of(definition.model(), run.options));
    } catch (DefinitionException e) {
      return new Reloaded.Refused(e.problems().stream().map(Problem::toString).toList());
    } catch (PhaseException | SimulatorException e) {
      return new Reloaded.Refused(String.valueOf(e.getMessage()).lines().toList());
    }
  }

  private Reloaded apply(App app, Definition definition, LocalValues values) {
    AppModel model = definition.model();
    Generation before = programs.current();
    if (!ids(model).equals(ids(before.model()))) {
      return new Reloaded.Refused(List.of("other tables or WebSockets: start again"));
    }
    Generation next = run.generation(before.number() + 1, app, definition, values);
    Map<String, Gateway> gateways = new HashMap<>(programs.gateways());
    model.webSockets().forEach(each -> programs.lead(next, each, Objects.requireNonNull(gateways.get(each.id()))));
    programs.replace(
        next, gateways, List.of(), () -> gateways.forEach((id, gateway) -> gateway.deploy(next.deployment(id))));
    return new Reloaded.Applied(next.number(), List.of());
  }

  private static List<String> ids(AppModel model) {
    return List.of(
        model.tables().stream().map(TableModel::id).sorted().toList().toString(),
        model.webSockets().stream().map(WebSocketModel::id).sorted().toList().toString());
  }
}
