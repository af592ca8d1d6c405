package dev.pinion.aws;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.FunctionSettings;
import dev.pinion.spi.FunctionVariables;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskOperation;
import dev.pinion.spi.WebSocketModel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Builds a function's environment variables: the names and URLs of the resources that its handler uses. */
final class FunctionEnvironment {
  private FunctionEnvironment() {}

  static Map<String, Expression> of(
      String appClass, String path, FunctionSettings settings, List<AliasPlan> aliases, AppModel app,
      Collection<Use> uses) {
    Set<String> used = uses.stream().map(Use::resource).collect(Collectors.toSet());
    List<ResourceModel> resources = app.resources().stream().filter(each -> used.contains(each.id())).toList();
    Map<String, Expression> environment = new LinkedHashMap<>();
    environment.put(FunctionVariables.APP, new Expression.Literal(appClass));
    boolean shared = settings.name().isPresent();
    environment.put(
        shared ? FunctionVariables.FUNCTION : FunctionVariables.HANDLER, new Expression.Literal(path));
    if (aliases.size() > 1) environment.put(FunctionVariables.ALIASES, aliases(aliases));
    if (settings.metrics()) environment.put(FunctionVariables.METRICS, new Expression.Literal("on"));
    environment.put(FunctionVariables.TABLES, json(resources, TableModel.class, FunctionEnvironment::name));
    environment.put(FunctionVariables.WEB_SOCKETS, json(resources, WebSocketModel.class, FunctionEnvironment::urls));
    Expression.Json apis = json(resources, HttpApiModel.class, HttpApiPlanner::url);
    if (!apis.values().isEmpty()) environment.put(FunctionVariables.HTTP_APIS, apis);
    if (resources.stream().anyMatch(TaskModel.class::isInstance)) {
      environment.put(FunctionVariables.TASKS, json(resources, TaskModel.class, task -> starts(task, uses)));
    }
    Expression.Json queues = json(resources, QueueModel.class, FunctionEnvironment::url);
    if (!queues.values().isEmpty()) environment.put(FunctionVariables.QUEUES, queues);
    environment.put(FunctionVariables.CONFIG,
        json(resources, ConfigModel.class, value -> new Expression.Parameter(value.id())));
    environment.put(FunctionVariables.SECRETS,
        json(resources, SecretModel.class, value -> new Expression.Parameter(value.id())));
    settings.environment().forEach((name, value) -> environment.put(name, Permissions.part(value)));
    return environment;
  }

  private static Expression aliases(List<AliasPlan> aliases) {
    Map<String, Expression> resources = new LinkedHashMap<>();
    aliases.forEach(each -> resources.put(each.name(), new Expression.Literal(each.resource())));
    return new Expression.Json(resources);
  }

  private static <T extends ResourceModel> Expression.Json json(
      List<ResourceModel> resources, Class<T> type, Function<T, Expression> value) {
    Map<String, Expression> values = new LinkedHashMap<>();
    resources.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .forEach(each -> values.put(each.id(), value.apply(each)));
    return new Expression.Json(values);
  }

  private static Expression name(TableModel table) {
    return new Reference(Kind.TABLE, table.id()).get(Property.NAME);
  }

  private static Expression url(QueueModel queue) {
    return new Reference(Kind.QUEUE, queue.id()).get(Property.URL);
  }

  private static Expression urls(WebSocketModel webSocket) {
    Map<String, Expression> urls = new LinkedHashMap<>();
    urls.put(FunctionVariables.URL, url("wss", webSocket));
    urls.put(FunctionVariables.CALLBACK, url("https", webSocket));
    return new Expression.Json(urls);
  }

  private static Expression starts(TaskModel task, Collection<Use> uses) {
    Map<String, Expression> starts = new LinkedHashMap<>();
    starts.put(FunctionVariables.ALIAS, new Reference(Kind.ALIAS, task.id()).get(Property.GIVEN_ARN));
    if (uses.contains(new Use.Start(task.id(), TaskOperation.START_IN))) {
      starts.put(FunctionVariables.GROUP, new Reference(Kind.SCHEDULE_GROUP, task.id()).get(Property.NAME));
      starts.put(FunctionVariables.ROLE, new Reference(Kind.SCHEDULE_ROLE, task.id()).get(Property.ARN));
      starts.put(FunctionVariables.DEAD_LETTERS, new Reference(Kind.DEAD_LETTERS, task.id()).get(Property.ARN));
    }
    return new Expression.Json(starts);
  }

  /** Builds a URL from the API's address. Using the stage would be a cycle: stage, routes, function, environment. */
  static Expression url(String scheme, WebSocketModel webSocket) {
    return Expression.join(scheme + "://", new Reference(Kind.API, webSocket.id()).get(Property.ADDRESS));
  }
}
