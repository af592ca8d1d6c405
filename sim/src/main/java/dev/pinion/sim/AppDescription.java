package dev.pinion.sim;

import dev.pinion.inspect.Finding;
import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Role;
import dev.pinion.inspect.Use;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TickModel;
import dev.pinion.spi.ValueModel;
import dev.pinion.spi.WebSocketModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the page shows of an app: its resources, and what an inspection has found.
 *
 * @param inspected whether the inspection has ended; without it nothing is known of roles
 */
record AppDescription(
    String app, List<Socket> webSockets, List<Trigger> triggers, List<Rows> tables, List<Value> values,
    boolean inspected, List<Finds> findings) {

  private static final String HTTP_API = "HTTP API";

  /** A WebSocket. */
  record Socket(
      String id, String name, String stage, String expression, boolean ordered, String location,
      List<Handler> routes) {}

  /**
   * What calls handlers beside WebSockets.
   *
   * @param kind such as {@code schedule}
   * @param what what it does, such as when it ticks
   * @param next when it does that next, in milliseconds since the epoch
   */
  record Trigger(
      String id, String kind, String what, Optional<Long> next, String location, List<Handler> handlers) {}

  /**
   * A handler, its route or what else it is for, and what it may do.
   *
   * @param function the name of the function that it may share with others
   */
  record Handler(
      String path, String key, String location, String body, boolean responds, int memory, long timeoutMillis,
      Optional<String> function, List<Permission> role, List<Uncertain> doubts) {}

  /**
   * Something that a handler may do.
   *
   * @param kind {@code rows}, {@code connections}, {@code HTTP API}, {@code task}, {@code queue} or {@code value}
   * @param lines the lines of the app that need it; none if it is assumed or granted
   * @param granted whether an {@code allow} of the handler adds it
   * @param others the handlers that need it, if it is in the role only because they share the function
   */
  record Permission(
      String resource, String kind, String action, Optional<String> index, List<String> lines, boolean granted,
      List<String> others) {}

  /** A place where it cannot be known what a handler does. */
  record Uncertain(String reason, List<String> lines, List<String> granted) {}

  /** A table. */
  record Rows(
      String id, KeyAttribute hash, Optional<KeyAttribute> range, List<Index> indexes, Optional<String> timeToLive,
      String location) {}

  /** An index of a table. */
  record Index(String name, KeyAttribute hash, Optional<KeyAttribute> range) {}

  /** A config or secret, without its value. */
  record Value(String id, String kind, String environment, String location) {}

  /** Something that is wrong with the app, or may be. */
  record Finds(String kind, boolean error, String location, String message) {}

  /** @param ticks the next tick of each schedule, and the next attempt of each task, by its id */
  static AppDescription of(AppModel app, Optional<Inspection> inspection, Map<String, Instant> ticks) {
    return new AppDescription(
        app.name(),
        app.webSockets().stream().map(each -> socket(app, each, inspection)).toList(),
        app.resources().stream().flatMap(each -> trigger(app, each, inspection, ticks).stream()).toList(),
        app.tables().stream().map(AppDescription::rows).toList(),
        app.values().stream().map(AppDescription::value).toList(),
        inspection.isPresent(),
        inspection.map(Inspection::findings).orElse(List.of()).stream().map(AppDescription::finds).toList());
  }

  private static Socket socket(AppModel app, WebSocketModel webSocket, Optional<Inspection> inspection) {
    return new Socket(
        webSocket.id(), webSocket.name(), webSocket.stage(), webSocket.routeSelectionExpression(),
        webSocket.ordered(), webSocket.location().toString(),
        webSocket.handlers().stream().map(route -> handler(app, route, inspection)).toList());
  }

  /** Returns a resource that calls handlers, unless it is a WebSocket. */
  private static Optional<Trigger> trigger(
      AppModel app, ResourceModel resource, Optional<Inspection> inspection, Map<String, Instant> ticks) {
    List<Handler> handlers = resource.handlers().stream().map(each -> handler(app, each, inspection)).toList();
    String location = resource.location().toString();
    return switch (resource) {
      case ScheduleModel schedule -> Optional.of(
          new Trigger(
              schedule.id(), "schedule", schedule.expression().toString(),
              Optional.ofNullable(ticks.get(schedule.id())).map(Instant::toEpochMilli), location, handlers));
      case TaskModel task -> Optional.of(
          new Trigger(
              task.id(), "task", task.onStart().payloadType().getSimpleName(),
              Optional.ofNullable(ticks.get(task.id())).map(Instant::toEpochMilli), location, handlers));
      case HttpApiModel api -> Optional.of(
          new Trigger(api.id(), HTTP_API, api.name(), Optional.empty(), location, handlers));
      case QueueModel queue -> Optional.of(
          new Trigger(
              queue.id(), "queue", queue.messageType().getSimpleName(), Optional.empty(), location, handlers));
      case TableModel table when table.onChange().isPresent() -> Optional.of(
          new Trigger(table.id(), "table", "its changes", Optional.empty(), location, handlers));
      case WebSocketModel _, TableModel _, ValueModel _ -> Optional.empty();
    };
  }

  private static Handler handler(AppModel app, HandlerModel handler, Optional<Inspection> inspection) {
    Optional<HandlerUses> uses = inspection.flatMap(each -> each.handler(handler.path()));
    String body = switch (handler) {
      case RouteModel route -> route.bodyType().getSimpleName();
      case HttpRouteModel route -> route.bodyType().map(Class::getSimpleName).orElse("");
      case StartModel start -> start.payloadType().getSimpleName();
      case ConsumerModel consumer -> consumer.messageType().getSimpleName();
      case TickModel _, ChangeModel _, AuthorizerModel _ -> "";
    };
    boolean responds = handler instanceof HttpRouteModel || (handler instanceof RouteModel route && route.answers());
    return new Handler(
        handler.path(), key(handler), handler.location().toString(), body, responds, handler.options().memory(),
        handler.options().timeout().toMillis(), handler.options().settings().name(),
        uses.map(each -> role(app, handler, each, inspection.orElseThrow())).orElse(List.of()),
        uses.map(HandlerUses::doubts).orElse(List.of()).stream().map(AppDescription::uncertain).toList());
  }

  /** Returns the key of a route; of another handler what it is called with. */
  private static String key(HandlerModel handler) {
    return switch (handler) {
      case RouteModel route -> route.key();
      case HttpRouteModel route -> route.key();
      case StartModel _, TickModel _, ConsumerModel _, ChangeModel _, AuthorizerModel _ -> CallKind.of(handler).one;
    };
  }

  private static List<Permission> role(
      AppModel app, HandlerModel handler, HandlerUses uses, Inspection inspection) {
    List<Permission> role = new ArrayList<>();
    Set<Use> granted = Role.granted(app, handler.options());
    Set<Use> own = Role.of(app, handler.options(), uses.uses().keySet());
    for (Use use : own) {
      List<SourceLocation> path = uses.uses().getOrDefault(use, List.of());
      role.add(permission(use, lines(path), granted.contains(use) && !uses.uses().containsKey(use), List.of()));
    }
    others(app, handler, inspection).forEach((use, needing) -> {
      if (!own.contains(use)) role.add(permission(use, List.of(), false, needing));
    });
    return role;
  }

  /** Returns what the handlers need that share a handler's function, each with the handlers that need it. */
  private static Map<Use, List<String>> others(AppModel app, HandlerModel handler, Inspection inspection) {
    Map<Use, List<String>> needed = new LinkedHashMap<>();
    Optional<String> function = handler.options().settings().name();
    for (HandlerModel other : app.handlers()) {
      if (function.isEmpty() || !other.options().settings().name().equals(function)) continue;
      inspection.handler(other.path()).ifPresent(
          uses -> Role.of(app, other.options(), uses.uses().keySet())
              .forEach(use -> needed.computeIfAbsent(use, _ -> new ArrayList<>()).add(other.path())));
    }
    return needed;
  }

  private static Permission permission(Use use, List<String> lines, boolean granted, List<String> others) {
    Optional<String> index = use instanceof Use.Rows rows ? rows.index() : Optional.empty();
    String kind = switch (use) {
      case Use.Rows _ -> "rows";
      case Use.Connections _ -> "connections";
      case Use.Start _ -> "task";
      case Use.HttpUrl _ -> HTTP_API;
      case Use.Send _ -> "queue";
      case Use.Value _ -> "value";
    };
    return new Permission(use.resource(), kind, use.action(), index, lines, granted, others);
  }

  private static Uncertain uncertain(HandlerUses.Doubt doubt) {
    return new Uncertain(
        doubt.reason(), lines(doubt.path()),
        doubt.granted().stream().map(each -> each.resource() + ": " + each.action()).toList());
  }

  private static List<String> lines(List<SourceLocation> path) {
    return path.stream().map(SourceLocation::toString).distinct().toList();
  }

  private static Rows rows(TableModel table) {
    return new Rows(
        table.id(), table.hashKey(), table.rangeKey(),
        table.indexes().stream().map(each -> new Index(each.name(), each.hashKey(), each.rangeKey())).toList(),
        table.timeToLive(), table.location().toString());
  }

  private static Value value(ValueModel value) {
    return new Value(
        value.id(), value instanceof ConfigModel ? "config" : "secret", value.environmentName(),
        value.location().toString());
  }

  private static Finds finds(Finding finding) {
    return new Finds(
        finding.kind().name(), finding.isError(), finding.location().toString(), finding.message());
  }
}
