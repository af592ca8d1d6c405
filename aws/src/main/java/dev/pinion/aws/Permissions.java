package dev.pinion.aws;

import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.FunctionModel.ArnPart;
import dev.pinion.spi.FunctionModel.Permission;
import dev.pinion.spi.FunctionSettings;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.SqsQuotas;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskOperation;
import dev.pinion.spi.ValueModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Derives the statements of a function's role from what its handler may do, in the order of the app's resources. */
final class Permissions {
  private final HandlerModel handler;
  private final Collection<Use> uses;
  private final List<Statement> statements = new ArrayList<>();

  private Permissions(HandlerModel handler, Collection<Use> uses) {
    this.handler = handler;
    this.uses = uses;
  }

  /**
   * Returns the statements.
   *
   * @param function the path of the function that runs the handler
   */
  static List<Statement> of(HandlerModel handler, String function, AppModel app, Collection<Use> uses) {
    Permissions permissions = new Permissions(handler, uses);
    permissions.log(function);
    permissions.source();
    app.tables().forEach(permissions::rows);
    app.webSockets().forEach(permissions::connections);
    app.tasks().forEach(permissions::starts);
    if (handler instanceof StartModel onStart) permissions.deadLetters(onStart);
    app.queues().forEach(permissions::send);
    app.values().forEach(permissions::value);
    handler.options().allowed().forEach(permissions::allowed);
    permissions.settings(handler.options().settings());
    return permissions.statements;
  }

  private void settings(FunctionSettings settings) {
    List<Expression> everything = List.of(new Expression.Literal("*"));
    if (settings.vpc()) allow(FunctionPlan.NETWORK, everything);
    if (settings.tracing()) allow(List.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"), everything);
  }

  private void log(String function) {
    Expression group = new Reference(Kind.LOG_GROUP, function).get(Property.ARN);
    allow(List.of("logs:CreateLogStream", "logs:PutLogEvents"), List.of(Expression.join(group, ":*")));
  }

  /** What Lambda needs to poll the queue or stream, which it does with the function's role. */
  private void source() {
    if (handler instanceof ChangeModel change) changes(change);
    if (!(handler instanceof ConsumerModel)) return;
    Expression queue = new Reference(Kind.QUEUE, handler.path()).get(Property.ARN);
    allow(List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"), List.of(queue));
  }

  private void changes(ChangeModel change) {
    Reference table = new Reference(Kind.TABLE, change.table());
    allow(
        List.of("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
        List.of(table.get(Property.STREAM_ARN)));
    allow(List.of("dynamodb:ListStreams"), List.of(Expression.join(table.get(Property.ARN), "/stream/*")));
    allow(
        List.of(SqsQuotas.SEND_MESSAGE), List.of(new Reference(Kind.DEAD_LETTERS, change.path()).get(Property.ARN)));
  }

  private void send(QueueModel queue) {
    if (of(Use.Send.class, queue.id()).findAny().isEmpty()) return;
    allow(List.of(SqsQuotas.SEND_MESSAGE), List.of(new Reference(Kind.QUEUE, queue.id()).get(Property.ARN)));
  }

  /** Adds the table's own statement, then one for each group of indexes that are read by the same actions. */
  private void rows(TableModel table) {
    Expression arn = new Reference(Kind.TABLE, table.id()).get(Property.ARN);
    Set<String> actions = new TreeSet<>();
    Map<String, Set<String>> indexes = new TreeMap<>();
    of(Use.Rows.class, table.id()).forEach(use -> use.index()
        .map(index -> indexes.computeIfAbsent(index, _ -> new TreeSet<>()))
        .orElse(actions)
        .add(use.operation().action()));
    allow(actions, List.of(arn));
    Map<Set<String>, List<Expression>> alike = new LinkedHashMap<>();
    indexes.forEach((index, read) -> alike.computeIfAbsent(read, _ -> new ArrayList<>())
        .add(Expression.join(arn, "/index/" + index)));
    alike.forEach(this::allow);
  }

  private void connections(WebSocketModel webSocket) {
    Expression arn = new Reference(Kind.API, webSocket.id()).get(Property.EXECUTION_ARN);
    Set<ConnectionOperation> methods = new TreeSet<>();
    of(Use.Connections.class, webSocket.id()).forEach(use -> methods.add(use.operation()));
    methods.removeIf(method -> !method.needsPermission());
    allow(
        List.of("execute-api:ManageConnections"),
        methods.stream()
            .map(method -> Expression.join(arn, "/" + webSocket.stage() + "/" + method + "/@connections/*"))
            .toList());
  }

  private void starts(TaskModel task) {
    Set<TaskOperation> operations = new TreeSet<>();
    of(Use.Start.class, task.id()).forEach(use -> operations.add(use.operation()));
    for (TaskOperation operation : operations) {
      Expression on = switch (operation) {
        case START -> new Reference(Kind.ALIAS, task.id()).get(Property.GIVEN_ARN);
        case START_IN -> new Reference(Kind.SCHEDULE_GROUP, task.id()).get(Property.SCHEDULES_ARN);
      };
      allow(List.of(operation.action()), List.of(on));
    }
    if (operations.contains(TaskOperation.START_IN)) {
      Expression role = new Reference(Kind.SCHEDULE_ROLE, task.id()).get(Property.ARN);
      statements.add(new Statement.PassRole(role, SchedulePlan.PRINCIPAL));
    }
  }

  /** Lambda puts what the function has failed to handle there by the function's own role. */
  private void deadLetters(StartModel onStart) {
    allow(List.of("sqs:SendMessage"), List.of(new Reference(Kind.DEAD_LETTERS, onStart.path()).get(Property.ARN)));
  }

  private void value(ValueModel value) {
    if (value instanceof SecretModel && of(Use.Value.class, value.id()).findAny().isPresent()) {
      statements.add(new Statement.ReadSecret(value.id()));
      statements.add(new Statement.DecryptSecret(value.id()));
    }
  }

  private void allowed(Permission permission) {
    allow(List.of(permission.action()), List.of(arn(permission)));
  }

  private static Expression arn(Permission permission) {
    List<Expression> parts = permission.arn().stream().map(Permissions::part).toList();
    return parts.size() == 1 ? parts.getFirst() : new Expression.Join(parts);
  }

  static Expression part(ArnPart part) {
    return switch (part) {
      case ArnPart.Text(var text) -> new Expression.Literal(text);
      case ArnPart.ConfigValue(var config) -> new Expression.Parameter(config);
    };
  }

  private void allow(Collection<String> actions, List<Expression> resources) {
    if (!actions.isEmpty() && !resources.isEmpty()) {
      statements.add(new Statement.Allow(List.copyOf(actions), resources));
    }
  }

  private <T extends Use> Stream<T> of(Class<T> type, String resource) {
    return uses.stream().filter(type::isInstance).map(type::cast).filter(use -> use.resource().equals(resource));
  }
}
