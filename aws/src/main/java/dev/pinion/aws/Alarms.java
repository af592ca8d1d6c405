package dev.pinion.aws;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Plans the alarms of an app: failed and throttled functions, late changes, dead letters, and errors of APIs. */
final class Alarms {
  private static final String SUM = "Sum";
  private static final String MAXIMUM = "Maximum";
  private static final String FUNCTIONS = "AWS/Lambda";
  private static final String APIS = "AWS/ApiGateway";
  /** In five minutes; a few mistakes of clients are none of the operator's. */
  private static final int CLIENT_ERRORS = 100;
  /** Five minutes, in milliseconds. */
  private static final int LATE = 300_000;

  private final List<AlarmPlan> alarms = new ArrayList<>();

  private Alarms() {}

  static List<AlarmPlan> of(AppModel app) {
    Alarms all = new Alarms();
    app.webSockets().forEach(all::api);
    app.httpApis().forEach(all::api);
    all.functions(app);
    Stream.of(
        app.tasks().stream().map(ResourceModel::id), app.queues().stream().map(ResourceModel::id),
        app.handlers().stream().filter(ChangeModel.class::isInstance).map(HandlerModel::path))
        .flatMap(each -> each)
        .forEach(all::deadLetters);
    return all.alarms;
  }

  private void api(WebSocketModel api) {
    Reference reference = new Reference(Kind.API, api.id());
    api(reference, api.stage(), "client-errors", "ClientError", CLIENT_ERRORS, "WebSocket '" + api.id()
        + "' has answered clients with errors 4xx: " + CLIENT_ERRORS + " or more in five minutes.");
    api(reference, api.stage(), "execution-errors", "ExecutionError", 1,
        "WebSocket '" + api.id() + "' could not call a function.");
    api(reference, api.stage(), "integration-errors", "IntegrationError", 1,
        "A function of WebSocket '" + api.id() + "' has answered API Gateway with an error.");
  }

  private void api(HttpApiModel api) {
    Reference reference = new Reference(Kind.HTTP_API, api.id());
    api(reference, HttpApiPlan.STAGE, "client-errors", "4xx", CLIENT_ERRORS, "HTTP API '" + api.id()
        + "' has answered clients with errors 4xx: " + CLIENT_ERRORS + " or more in five minutes.");
    api(reference, HttpApiPlan.STAGE, "server-errors", "5xx", 1,
        "HTTP API '" + api.id() + "' has answered with an error 5xx.");
  }

  private void api(Reference api, String stage, String what, String metric, int threshold, String description) {
    Map<String, Expression> dimensions = new LinkedHashMap<>();
    dimensions.put("ApiId", api.get(Property.ID));
    dimensions.put("Stage", new Expression.Literal(stage));
    alarms.add(new AlarmPlan(api, what, description, APIS, metric, dimensions, SUM, threshold));
  }

  /** Handlers that share a function have its alarms together, as each would be about the same metric. */
  private void functions(AppModel app) {
    Map<String, List<HandlerModel>> functions = new LinkedHashMap<>();
    app.handlers().forEach(each -> functions.computeIfAbsent(FunctionPlanner.path(each), _ -> new ArrayList<>())
        .add(each));
    functions.forEach(this::function);
  }

  private void function(String path, List<HandlerModel> handlers) {
    Reference function = new Reference(Kind.FUNCTION, path);
    Map<String, Expression> dimensions = Map.of("FunctionName", function.get(Property.NAME));
    boolean shared = handlers.getFirst().options().settings().name().isPresent();
    String named = shared ? "The function '" + path + "' " : "The function of '" + path + "' ";
    alarms.add(
        new AlarmPlan(function, "errors", named + "has failed.", FUNCTIONS, "Errors", dimensions, SUM, 1));
    alarms.add(new AlarmPlan(
        function, "throttles", named + "was throttled.", FUNCTIONS, "Throttles", dimensions, SUM, 1));
    if (handlers.stream().anyMatch(ChangeModel.class::isInstance)) {
      alarms.add(new AlarmPlan(
          function, "iterator-age", named + "handles changes five minutes late or more.", FUNCTIONS, "IteratorAge",
          dimensions, MAXIMUM, LATE));
    }
  }

  private void deadLetters(String path) {
    Reference queue = new Reference(Kind.DEAD_LETTERS, path);
    alarms.add(new AlarmPlan(
        queue, "messages", "'" + path + "' has dead letters.", "AWS/SQS", "ApproximateNumberOfMessagesVisible",
        Map.of("QueueName", queue.get(Property.NAME)), MAXIMUM, 1));
  }
}
