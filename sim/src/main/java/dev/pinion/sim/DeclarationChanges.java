package dev.pinion.sim;

import dev.pinion.TokenFrom;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.HttpGateway;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.Batching;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpAuthorizerModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.ValueModel;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a program declares otherwise than the one before, in words. */
final class DeclarationChanges {
  private final List<String> lines = new ArrayList<>();
  /** The URLs of what was added, by id. */
  private final Map<String, String> added = new HashMap<>();

  private DeclarationChanges() {}

  /**
   * Returns a line for each change.
   *
   * @param added the gateways of new WebSockets
   * @param http those of new HTTP APIs
   */
  static List<String> between(
      Generation before, Generation after, Map<String, Gateway> added, Map<String, HttpGateway> http) {
    DeclarationChanges changes = new DeclarationChanges();
    added.forEach((id, gateway) -> changes.added.put(id, gateway.url()));
    http.forEach((id, gateway) -> changes.added.put(id, gateway.url()));
    AppModel old = before.model();
    AppModel now = after.model();
    changes.webSockets(old, now);
    changes.httpApis(old, now);
    changes.compare(old.tables(), now.tables(), TableModel::id, each -> "table '" + each.id() + "'", changes::table);
    changes.compare(
        old.schedules(), now.schedules(), ScheduleModel::id, each -> "schedule '" + each.id() + "'", changes::schedule);
    changes.compare(old.queues(), now.queues(), QueueModel::id, each -> "queue '" + each.id() + "'", changes::queue);
    changes.compare(old.tasks(), now.tasks(), TaskModel::id, each -> "task '" + each.id() + "'", changes::task);
    changes.compare(
        old.values(), now.values(), ValueModel::id, each -> each.kind() + " '" + each.id() + "'",
        (one, other) -> {
          if (!before.values().of(one).equals(after.values().of(other))) {
            changes.add(other.kind() + " '" + other.id() + "' has another value");
          }
        });
    return changes.lines;
  }

  private void add(String line) {
    lines.add(line);
  }

  /** Reports what was added and removed, and lets what is in both be compared. */
  private <T> void compare(
      List<T> old, List<T> now, Function<T, String> id, Function<T, String> name, BiConsumer<T, T> both) {
    for (T each : now) {
      Optional<T> before = old.stream().filter(one -> id.apply(one).equals(id.apply(each))).findFirst();
      if (before.isPresent()) both.accept(before.get(), each);
      else add(name.apply(each) + " was added" + (each instanceof ResourceModel one ? where(one.id()) : ""));
    }
    for (T each : old) {
      if (now.stream().noneMatch(one -> id.apply(one).equals(id.apply(each)))) {
        String kept = each instanceof TableModel ? ": its rows are kept" : "";
        String closed = each instanceof WebSocketModel ? ": its connections were closed with 1001" : "";
        String waiting = each instanceof TaskModel ? ": starts that wait are kept"
            : each instanceof QueueModel ? ": its messages are kept" : "";
        add(name.apply(each) + " was removed" + waiting + kept + closed);
      }
    }
  }

  private String where(String id) {
    String url = added.get(id);
    return url == null ? "" : ": " + url;
  }

  private <T> void option(String of, String what, T before, T now) {
    if (!Objects.equals(before, now)) add(of + ": " + what + " is now " + now + ", was " + before);
  }

  private void webSockets(AppModel old, AppModel now) {
    compare(old.webSockets(), now.webSockets(), WebSocketModel::id, DeclarationChanges::name, (before, after) -> {
      String name = name(after);
      option(name, "its name", before.name(), after.name());
      option(name, "its stage", before.stage(), after.stage());
      option(
          name, "its route selection expression", before.routeSelectionExpression(),
          after.routeSelectionExpression());
      if (before.ordered() != after.ordered()) {
        add(name + ": messages of a connection now " + (after.ordered() ? "wait for each other" : "may overlap"));
      }
      access(name, before.access(), after.access());
      compare(
          before.routes(), after.routes(), RouteModel::key, each -> name + ": route '" + each.key() + "'", this::route);
    });
  }

  private void access(String of, AccessModel before, AccessModel after) {
    option(of, "the origins whose pages may connect", origins(before), origins(after));
    if (before.iam() != after.iam()) add(of + (after.iam() ? " is now" : " is no longer") + " authorized by IAM");
    if (before.authorizer().isPresent() != after.authorizer().isPresent()) {
      add(of + (after.authorizer().isPresent() ? " now has an authorizer" : " has no authorizer any more"));
      return;
    }
    before.authorizer().ifPresent(old -> {
      AuthorizerModel now = after.authorizer().orElseThrow();
      option(of, "where its authorizer reads a token", places(old), places(now));
      options("the authorizer of " + of, old.options(), now.options());
    });
  }

  private void authorizer(String of, Optional<HttpAuthorizerModel> before, Optional<HttpAuthorizerModel> after) {
    if (before.isPresent() != after.isPresent()) {
      add(of + (after.isPresent() ? " now has an authorizer" : " has no authorizer any more"));
    } else if (!before.map(HttpAuthorizerModel::rules).equals(after.map(HttpAuthorizerModel::rules))) {
      add(of + ": what its authorizer accepts has changed");
    }
  }

  private static String places(AuthorizerModel authorizer) {
    return authorizer.tokens().isEmpty() ? "unknown" : authorizer.tokens().stream().map(each -> switch (each) {
      case TokenFrom.Header(String name) -> "the header " + name;
      case TokenFrom.QueryParameter(String name) -> "the query parameter " + name;
      case TokenFrom.Subprotocol(String name) -> "the subprotocol " + name;
    }).collect(Collectors.joining(", "));
  }

  private static String origins(AccessModel access) {
    return access.origins().isEmpty() ? "all" : String.join(", ", access.origins());
  }

  private void httpApis(AppModel old, AppModel now) {
    Function<HttpApiModel, String> name = each -> "httpApi '" + each.id() + "'";
    compare(old.httpApis(), now.httpApis(), HttpApiModel::id, name, (before, after) -> {
      option(name.apply(after), "its name", before.name(), after.name());
      if (!before.cors().equals(after.cors()))
        add(name.apply(after) + ": what it allows pages of other origins has changed");
      authorizer(name.apply(after), before.authorizer(), after.authorizer());
      compare(
          before.routes(), after.routes(), HttpRouteModel::key,
          each -> name.apply(after) + ": route '" + each.key() + "'", this::httpRoute);
    });
  }

  private void httpRoute(HttpRouteModel before, HttpRouteModel after) {
    String name = "route '" + after.path() + "'";
    option(name, "the type of its bodies", type(before), type(after));
    options(name, before.options(), after.options());
  }

  private static String type(HttpRouteModel route) {
    return route.bodyType().<String>map(Class::getName).orElse("none");
  }

  private static String name(WebSocketModel webSocket) {
    return "webSocket '" + webSocket.id() + "'";
  }

  private void route(RouteModel before, RouteModel after) {
    String name = "route '" + after.path() + "'";
    option(name, "the type of its messages", before.bodyType().getName(), after.bodyType().getName());
    if (before.answers() != after.answers()) {
      add(name + ": its handler " + (after.answers() ? "now answers" : "no longer answers"));
    }
    options(name, before.options(), after.options());
  }

  private void options(String name, FunctionModel old, FunctionModel now) {
    option(name, "its memory in MiB", old.memory(), now.memory());
    option(name, "its timeout", seconds(old), seconds(now));
    if (old.recursiveLoop() != now.recursiveLoop())
      add(name + ": a loop " + (now.recursiveLoop() ? "is now allowed" : "is no longer allowed"));
    if (!old.settings().equals(now.settings())) add(name + ": what its function has on AWS has changed");
    boolean same = old.allowed().equals(now.allowed()) && grants(old).equals(grants(now));
    if (!same) add(name + ": what is allowed in addition has changed");
    if (!limits(old).equals(limits(now))) add(name + ": what it is limited to has changed");
  }

  private void schedule(ScheduleModel before, ScheduleModel after) {
    option("schedule '" + after.id() + "'", "its expression", before.expression(), after.expression());
    options("schedule '" + after.id() + "'", before.onTick().options(), after.onTick().options());
  }

  private void queue(QueueModel before, QueueModel after) {
    String name = "queue '" + after.id() + "'";
    option(name, "the type of its messages", before.messageType().getName(), after.messageType().getName());
    option(name, "its order", order(before), order(after));
    batching(name, before.batching(), after.batching());
    option(name, "how often it receives a message", before.maxReceives(), after.maxReceives());
    if (before.onMessage().isPresent() != after.onMessage().isPresent()) {
      add(name + (after.onMessage().isPresent() ? " now has a handler" : " has no handler any more"));
    } else {
      before.onMessage()
          .ifPresent(handler -> options(name, handler.options(), after.onMessage().orElseThrow().options()));
    }
  }

  private void batching(String name, Batching before, Batching after) {
    option(name, "its batch size", before.size(), after.size());
    option(name, "its batching window", before.window().toSeconds() + " s", after.window().toSeconds() + " s");
  }

  private static String order(QueueModel queue) {
    return queue.fifo().map(Object::toString).orElse("standard");
  }

  private void task(TaskModel before, TaskModel after) {
    String name = "task '" + after.id() + "'";
    option(
        name, "the type of its payload", before.onStart().payloadType().getName(),
        after.onStart().payloadType().getName());
    option(name, "its maximum retry attempts", before.maximumRetryAttempts(), after.maximumRetryAttempts());
    option(name, "its maximum event age", before.maximumEventAge(), after.maximumEventAge());
    options(name, before.onStart().options(), after.onStart().options());
  }

  private static String seconds(FunctionModel options) {
    return options.timeout().toSeconds() + " s";
  }

  /** Without the lines, which move with every edit. */
  private static List<String> grants(FunctionModel options) {
    return options.granted().stream().map(each -> each.resource() + each.actions()).toList();
  }

  private static List<String> limits(FunctionModel options) {
    return options.only().stream().map(each -> each.resource() + each.actions()).toList();
  }

  private void table(TableModel before, TableModel after) {
    String name = "table '" + after.id() + "'";
    option(name, "its hash key", text(before.hashKey()), text(after.hashKey()));
    option(name, "its range key", range(before), range(after));
    compare(
        before.indexes(), after.indexes(), TableModel.IndexModel::name, each -> name + ": index '" + each.name() + "'",
        (one, other) -> {
          if (!one.equals(other)) add(name + ": index '" + other.name() + "' has another key");
        });
    if (before.onChange().isPresent() != after.onChange().isPresent()) {
      add(name
          + (after.onChange().isPresent() ? ": its changes are now handled" : ": its changes are no longer handled"));
    } else {
      before.onChange().ifPresent(each -> {
        ChangeModel now = after.onChange().orElseThrow();
        batching(name + ": its changes", each.batching(), now.batching());
        options(name + ": its changes", each.options(), now.options());
      });
    }
    option(name, "its time to live", before.timeToLive().orElse("none"), after.timeToLive().orElse("none"));
    option(
        name, "its deletion protection", onOrOff(before.deletionProtection()), onOrOff(after.deletionProtection()));
    option(
        name, "its point-in-time recovery", onOrOff(before.pointInTimeRecovery()),
        onOrOff(after.pointInTimeRecovery()));
  }

  private static String range(TableModel table) {
    return table.rangeKey().map(DeclarationChanges::text).orElse("none");
  }

  private static String text(TableModel.KeyAttribute attribute) {
    return attribute.name() + " (" + attribute.type() + ")";
  }

  private static String onOrOff(boolean on) {
    return on ? "on" : "off";
  }
}
