package dev.pinion.aws;

import dev.pinion.inspect.Role;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.StartModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans functions: one for each handler, or one for all handlers that name the same function. */
final class FunctionPlanner {
  private static final int LONGEST_ALIAS = 128 - "on-".length();

  private final AppModel app;
  private final String appClass;
  private final Map<String, ? extends Collection<Use>> uses;

  FunctionPlanner(AppModel app, String appClass, Map<String, ? extends Collection<Use>> uses) {
    this.app = app;
    this.appClass = appClass;
    this.uses = uses;
  }

  /** Returns the path of the function that runs a handler. */
  static String path(HandlerModel handler) {
    return handler.options().settings().name().orElse(handler.path());
  }

  /** Returns the functions, in the order of their first handlers. */
  List<FunctionPlan> plan() {
    Map<String, List<HandlerModel>> functions = new LinkedHashMap<>();
    app.handlers().forEach(each -> functions.computeIfAbsent(path(each), _ -> new ArrayList<>()).add(each));
    List<FunctionPlan> plans = new ArrayList<>();
    functions.forEach((path, handlers) -> plans.add(function(path, handlers)));
    return plans;
  }

  private FunctionPlan function(String path, List<HandlerModel> handlers) {
    Set<Use> used = new LinkedHashSet<>();
    Set<Statement> statements = new LinkedHashSet<>();
    for (HandlerModel handler : handlers) {
      Set<Use> role = Role.of(app, handler.options(), derived(handler));
      used.addAll(derived(handler));
      used.addAll(role);
      statements.addAll(Permissions.of(handler, path, app, role));
    }
    FunctionModel options = handlers.getFirst().options();
    List<AliasPlan> aliases = aliases(path, handlers);
    return new FunctionPlan(
        path,
        aliases,
        options.memory(),
        (int) options.timeout().toSeconds(),
        handlers.stream().anyMatch(StartModel.class::isInstance),
        options.recursiveLoop(),
        options.settings(),
        FunctionEnvironment.of(appClass, path, options.settings(), aliases, app, used),
        Policies.of(List.copyOf(statements)));
  }

  private Collection<Use> derived(HandlerModel handler) {
    return uses.containsKey(handler.path()) ? uses.get(handler.path()) : List.of();
  }

  private List<AliasPlan> aliases(String path, List<HandlerModel> handlers) {
    Map<String, List<String>> resources = new LinkedHashMap<>();
    for (ResourceModel resource : app.resources()) {
      List<String> own = resource.handlers().stream().filter(handlers::contains).map(HandlerModel::path).toList();
      if (!own.isEmpty()) resources.put(resource.id(), own);
    }
    List<AliasPlan> aliases = new ArrayList<>();
    boolean only = resources.size() == 1;
    resources.forEach(
        (id, own) -> aliases.add(
            only ? new AliasPlan(path, FunctionPlan.ALIAS, id, own)
                : new AliasPlan(path + "/" + id, "on-" + Slugs.of(id, LONGEST_ALIAS), id, own)));
    return aliases;
  }
}
