package dev.pinion.aws;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.WebSocketPlan.AuthorizerPlan;
import dev.pinion.aws.WebSocketPlan.RouteAuthorization;
import dev.pinion.aws.WebSocketPlan.RoutePlan;
import dev.pinion.inspect.Role;
import dev.pinion.inspect.Use;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskOperation;
import dev.pinion.spi.TickInput;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Builds the plan of an app. */
public final class Planner {
  private static final int LONGEST_API_NAME = 128 - Plan.LONGEST_PREFIX - 1;

  private final AppModel app;
  private final String appClass;
  private final Map<String, ? extends Collection<Use>> uses;

  private Planner(AppModel app, String appClass, Map<String, ? extends Collection<Use>> uses) {
    this.app = app;
    this.appClass = appClass;
    this.uses = uses;
  }

  /**
   * Builds the plan of an app.
   *
   * @param appClass the binary name of the app's class
   * @param uses by the path of each handler, what it may do
   * @throws PlanException if AWS would refuse the app
   */
  public static Plan plan(AppModel app, String appClass, Map<String, ? extends Collection<Use>> uses) {
    return new Planner(app, appClass, uses).plan();
  }

  private Plan plan() {
    Plan plan = new Plan(
        prefix(),
        app.webSockets().stream().map(this::webSocket).toList(),
        app.httpApis().stream().map(HttpApiPlanner::plan).toList(),
        new FunctionPlanner(app, appClass, uses).plan(),
        app.schedules().stream().map(Planner::schedule).toList(),
        app.tasks().stream().map(this::task).toList(),
        app.queues().stream().map(Planner::queue).toList(),
        Stream.concat(
            app.queues().stream().flatMap(each -> source(each).stream()),
            app.tables().stream().flatMap(each -> source(each).stream())).toList(),
        app.tables().stream().map(Planner::table).toList(),
        app.values(),
        senders(),
        outputs(),
        app.options(),
        Alarms.of(app),
        Checks.warnings(app));
    Checks.check(app, plan);
    return plan;
  }

  private String prefix() {
    String prefix = Slugs.clean(app.name(), Plan.LONGEST_PREFIX);
    return prefix.isEmpty() ? "app" : prefix;
  }

  private Collection<Use> derived(HandlerModel handler) {
    return uses.containsKey(handler.path()) ? uses.get(handler.path()) : List.of();
  }

  private TaskPlan task(TaskModel task) {
    Use delayed = new Use.Start(task.id(), TaskOperation.START_IN);
    boolean delays = app.handlers().stream()
        .anyMatch(each -> derived(each).contains(delayed) || Role.granted(app, each.options()).contains(delayed));
    Expression alias = new Reference(Kind.ALIAS, task.id()).get(Property.GIVEN_ARN);
    Expression dead = new Reference(Kind.DEAD_LETTERS, task.id()).get(Property.ARN);
    List<Statement.Allow> statements = List.of(
        new Statement.Allow(List.of("lambda:InvokeFunction"), List.of(alias)),
        new Statement.Allow(List.of("sqs:SendMessage"), List.of(dead)));
    return new TaskPlan(
        task.id(),
        task.maximumRetryAttempts(),
        (int) task.maximumEventAge().toSeconds(),
        delays ? Optional.of(new TaskPlan.Delays(statements)) : Optional.empty());
  }

  private WebSocketPlan webSocket(WebSocketModel webSocket) {
    List<RoutePlan> routes = new ArrayList<>();
    Map<String, Expression> triggers = new LinkedHashMap<>();
    triggers.put("$routeSelectionExpression", new Expression.Literal(webSocket.routeSelectionExpression()));
    Optional<AuthorizerPlan> authorizer =
        webSocket.access().authorizer().map(each -> AccessPlanner.authorizer(webSocket, each));
    authorizer.ifPresent(each -> triggers.put(Event.Authorize.KEY, AccessPlanner.trigger(each)));
    Optional<String> after = Optional.empty();
    Set<String> shared = new HashSet<>();
    for (RouteModel route : webSocket.routes()) {
      RoutePlan planned = route(webSocket, route, after, caller(webSocket, route, shared));
      routes.add(planned);
      triggers.put(route.key(), trigger(planned));
      after = Optional.of(route.path());
    }
    return new WebSocketPlan(
        webSocket.id(),
        apiName(webSocket.name()),
        webSocket.stage(),
        webSocket.routeSelectionExpression(),
        authorizer,
        routes,
        triggers);
  }

  static String apiName(String name) {
    return name.substring(0, Math.min(LONGEST_API_NAME, name.length()));
  }

  private static Optional<Expression> caller(WebSocketModel webSocket, RouteModel route, Set<String> shared) {
    Expression arn = new Reference(Kind.API, webSocket.id()).get(Property.EXECUTION_ARN);
    Optional<String> name = route.options().settings().name();
    if (name.isEmpty()) return Optional.of(Expression.join(arn, "/" + webSocket.stage() + "/" + route.key()));
    boolean first = shared.add(name.get());
    return first ? Optional.of(Expression.join(arn, "/" + webSocket.stage() + "/*")) : Optional.empty();
  }

  private static RoutePlan route(
      WebSocketModel webSocket, RouteModel route, Optional<String> after, Optional<Expression> caller) {
    return new RoutePlan(
        route.path(),
        route.key(),
        route.responds(),
        (int) Math.min(route.options().timeout().toMillis(), ApiGatewayQuotas.INTEGRATION_TIMEOUT.toMillis()),
        AccessPlanner.authorization(webSocket.access(), route),
        after,
        caller);
  }

  /** Everything of a route that a deployment copies: the route, its integration and its response. */
  private static Expression trigger(RoutePlan route) {
    List<Expression> parts = new ArrayList<>(
        List.of(
            new Reference(Kind.ROUTE, route.path()).get(Property.ID),
            new Reference(Kind.INTEGRATION, route.path()).get(Property.ID),
            new Reference(Kind.ALIAS, route.path()).get(Property.INVOKE_ARN),
            new Expression.Literal(Integer.toString(route.timeout()))));
    if (route.responds()) parts.add(new Reference(Kind.ROUTE_RESPONSE, route.path()).get(Property.ID));
    if (route.authorization() != RouteAuthorization.NONE) {
      parts.add(new Expression.Literal(route.authorization().name()));
    }
    return AccessPlanner.spaced(parts);
  }

  private static SchedulePlan schedule(ScheduleModel schedule) {
    Expression alias = new Reference(Kind.ALIAS, schedule.onTick().path()).get(Property.ARN);
    return new SchedulePlan(
        schedule.id(),
        schedule.expression().text(),
        schedule.expression().timeZone(),
        TickInput.TEXT,
        new Statement.Allow(List.of("lambda:InvokeFunction"), List.of(alias)));
  }

  private static QueuePlan queue(QueueModel queue) {
    return new QueuePlan(
        queue.id(), queue.fifo().isPresent(), (int) queue.visibilityTimeout().toSeconds(), queue.maxReceives());
  }

  private static Optional<EventSourcePlan> source(QueueModel queue) {
    Expression arn = new Reference(Kind.QUEUE, queue.id()).get(Property.ARN);
    return queue.onMessage()
        .map(each -> new EventSourcePlan(
            each.path(), queue.id(), arn, queue.batching().size(), (int) queue.batching().window().toSeconds(),
            Optional.empty()));
  }

  private static Optional<EventSourcePlan> source(TableModel table) {
    return table.onChange().map(each -> new EventSourcePlan(
        each.path(), table.id(), new Reference(Kind.TABLE, table.id()).get(Property.STREAM_ARN),
        each.batching().size(), (int) each.batching().window().toSeconds(),
        Optional.of(new Reference(Kind.DEAD_LETTERS, each.path()).get(Property.ARN))));
  }

  private static TablePlan table(TableModel table) {
    Set<KeyAttribute> attributes = new LinkedHashSet<>();
    attributes.add(table.hashKey());
    table.rangeKey().ifPresent(attributes::add);
    table.indexes().forEach(index -> {
      attributes.add(index.hashKey());
      index.rangeKey().ifPresent(attributes::add);
    });
    return new TablePlan(
        table.id(),
        table.hashKey(),
        table.rangeKey(),
        List.copyOf(attributes),
        table.indexes(),
        table.onChange().map(ChangeModel::path),
        table.timeToLive(),
        table.deletionProtection(),
        table.pointInTimeRecovery());
  }

  private Map<String, Statement.Allow> senders() {
    Map<String, Statement.Allow> senders = new LinkedHashMap<>();
    app.webSockets().forEach(each -> {
      Expression api = new Reference(Kind.API, each.id()).get(Property.EXECUTION_ARN);
      Expression connections = Expression.join(api, "/" + each.stage() + "/POST/@connections/*");
      senders.put(each.id(), new Statement.Allow(List.of("execute-api:ManageConnections"), List.of(connections)));
    });
    app.tasks().forEach(each -> {
      Expression alias = new Reference(Kind.ALIAS, each.id()).get(Property.ARN);
      senders.put(each.id(), new Statement.Allow(List.of("lambda:InvokeFunction"), List.of(alias)));
    });
    app.queues().forEach(each -> {
      Expression queue = new Reference(Kind.QUEUE, each.id()).get(Property.ARN);
      senders.put(each.id(), new Statement.Allow(List.of(SqsQuotas.SEND_MESSAGE), List.of(queue)));
    });
    return senders;
  }

  /** Returns a policy as JSON. Neither actions nor ARNs have characters that JSON would escape. */
  private static Expression policy(Statement.Allow statement) {
    return Expression.join(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\""
            + statement.actions().getFirst() + "\",\"Resource\":\"",
        statement.resources().getFirst(), "\"}]}");
  }

  private Map<String, Expression.Json> outputs() {
    Map<String, Expression> webSockets = new LinkedHashMap<>();
    Map<String, Expression> tables = new LinkedHashMap<>();
    Map<String, Expression> functions = new LinkedHashMap<>();
    app.webSockets().forEach(each -> webSockets.put(each.id(), output(each)));
    app.tables().forEach(each -> tables.put(each.id(), output(each)));
    app.handlers().forEach(each -> functions.put(each.path(), function(each.path())));
    Map<String, Expression.Json> outputs = new LinkedHashMap<>();
    outputs.put("webSockets", new Expression.Json(webSockets));
    outputs.put("tables", new Expression.Json(tables));
    outputs.put("functions", new Expression.Json(functions));
    if (!app.schedules().isEmpty()) {
      Map<String, Expression> schedules = new LinkedHashMap<>();
      app.schedules().forEach(each -> schedules.put(each.id(), named(Kind.SCHEDULE, each.id())));
      outputs.put("schedules", new Expression.Json(schedules));
    }
    if (!app.httpApis().isEmpty()) {
      Map<String, Expression> apis = new LinkedHashMap<>();
      app.httpApis().forEach(each -> apis.put(each.id(), HttpApiPlanner.output(each)));
      outputs.put("httpApis", new Expression.Json(apis));
    }
    if (!app.tasks().isEmpty()) {
      Map<String, Expression> tasks = new LinkedHashMap<>();
      app.tasks().forEach(each -> tasks.put(each.id(), output(each)));
      outputs.put("tasks", new Expression.Json(tasks));
    }
    Map<String, Expression> policies = new LinkedHashMap<>();
    senders().forEach((id, statement) -> policies.put(id, policy(statement)));
    if (!policies.isEmpty()) outputs.put("policies", new Expression.Json(policies));
    if (!app.queues().isEmpty()) {
      Map<String, Expression> queues = new LinkedHashMap<>();
      app.queues().forEach(each -> queues.put(each.id(), output(each)));
      outputs.put("queues", new Expression.Json(queues));
    }
    return outputs;
  }

  private static Expression output(WebSocketModel webSocket) {
    Map<String, Expression> values = new LinkedHashMap<>();
    values.put("url", FunctionEnvironment.url("wss", webSocket));
    values.put("callbackUrl", FunctionEnvironment.url("https", webSocket));
    values.put("stage", new Expression.Literal(webSocket.stage()));
    values.put("stageArn", new Reference(Kind.STAGE, webSocket.id()).get(Property.ARN));
    values.put("apiId", new Reference(Kind.API, webSocket.id()).get(Property.ID));
    values.put("executionArn", new Reference(Kind.API, webSocket.id()).get(Property.EXECUTION_ARN));
    return new Expression.Json(values);
  }

  private static Expression output(TaskModel task) {
    Reference dead = new Reference(Kind.DEAD_LETTERS, task.id());
    Map<String, Expression> values = new LinkedHashMap<>();
    values.put("aliasArn", new Reference(Kind.ALIAS, task.id()).get(Property.ARN));
    values.put("deadLettersUrl", dead.get(Property.URL));
    values.put("deadLettersArn", dead.get(Property.ARN));
    return new Expression.Json(values);
  }

  private static Expression output(TableModel table) {
    Map<String, Expression> values = new LinkedHashMap<>(named(Kind.TABLE, table.id()).values());
    table.onChange().ifPresent(each -> {
      values.put("streamArn", new Reference(Kind.TABLE, table.id()).get(Property.STREAM_ARN));
      values.put("deadLettersUrl", new Reference(Kind.DEAD_LETTERS, each.path()).get(Property.URL));
      values.put("deadLettersArn", new Reference(Kind.DEAD_LETTERS, each.path()).get(Property.ARN));
    });
    return new Expression.Json(values);
  }

  private static Expression output(QueueModel queue) {
    Reference itself = new Reference(Kind.QUEUE, queue.id());
    Reference deadLetters = new Reference(Kind.DEAD_LETTERS, queue.id());
    Map<String, Expression> values = new LinkedHashMap<>();
    values.put("url", itself.get(Property.URL));
    values.put("arn", itself.get(Property.ARN));
    values.put("deadLettersUrl", deadLetters.get(Property.URL));
    values.put("deadLettersArn", deadLetters.get(Property.ARN));
    return new Expression.Json(values);
  }

  private static Expression function(String path) {
    Map<String, Expression> values = new LinkedHashMap<>(named(Kind.FUNCTION, path).values());
    values.put("role", new Reference(Kind.ROLE, path).get(Property.NAME));
    return new Expression.Json(values);
  }

  private static Expression.Json named(Kind kind, String path) {
    Reference resource = new Reference(kind, path);
    Map<String, Expression> values = new LinkedHashMap<>();
    values.put("name", resource.get(Property.NAME));
    values.put("arn", resource.get(Property.ARN));
    return new Expression.Json(values);
  }
}
