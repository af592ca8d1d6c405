package dev.pinion.aws;

import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What AWS refuses of an app, and what it will do otherwise than the program says. */
final class Checks {
  private static final int ROUTES = 300;
  private static final int ENVIRONMENT_BYTES = 4096;
  private static final long LONGEST_INTEGRATION = ApiGatewayQuotas.INTEGRATION_TIMEOUT.toSeconds();
  /** Mebibytes of a function in an account that has not asked for more. */
  private static final int LARGEST_MEMORY = 3008;
  /** Bytes that an id, a host name's part or an ARN has at least, where it is not known yet. */
  private static final int UNKNOWN_BYTES = 9;

  private final List<String> problems = new ArrayList<>();

  private Checks() {}

  static void check(AppModel app, Plan plan) {
    Checks checks = new Checks();
    if (plan.webSockets().isEmpty() && plan.tables().isEmpty()) {
      checks.problems.add("error: the app " + app.name() + " declares no WebSocket and no table: nothing is deployed");
    }
    app.webSockets().forEach(checks::check);
    routes(app).forEach(route -> checks.check(route, plan));
    if (!checks.problems.isEmpty()) throw new PlanException(checks.problems);
  }

  private static Stream<RouteModel> routes(AppModel app) {
    return app.webSockets().stream().flatMap(webSocket -> webSocket.routes().stream());
  }

  private void check(WebSocketModel webSocket) {
    if (webSocket.routes().isEmpty()) {
      problems.add(
          webSocket.location() + ": webSocket '" + webSocket.id()
              + "' has no handler, and API Gateway deploys no API without a route: add one, such as onMessage");
    }
  }

  private void check(RouteModel route, Plan plan) {
    Map<String, Expression> environment = plan.function(route.path()).environment();
    int bytes = environment.entrySet().stream().mapToInt(each -> each.getKey().length() + bytes(each.getValue(), plan))
        .sum();
    if (bytes > ENVIRONMENT_BYTES) {
      problems.add(
          route.location() + ": handler '" + route.path() + "' has an environment of at least " + bytes
              + " bytes, for the names of the tables, WebSockets and values that it uses, and Lambda takes "
              + ENVIRONMENT_BYTES + ": give them shorter ids, or use fewer in one handler");
    }
  }

  private static int bytes(Expression value, Plan plan) {
    return switch (value) {
      case Expression.Literal(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
      case Expression.Attribute(Reference resource, Reference.Property property) ->
          property == Reference.Property.NAME ? plan.slug(resource.path()).length() + 2 : UNKNOWN_BYTES;
      case Expression.Given _ -> 0;
      case Expression.Ambient _ -> UNKNOWN_BYTES;
      case Expression.Join(var parts) -> parts.stream().mapToInt(part -> bytes(part, plan)).sum();
      case Expression.Json(var values) -> 2 + values.entrySet().stream()
          .mapToInt(each -> each.getKey().length() + bytes(each.getValue(), plan) + 6)
          .sum();
    };
  }

  static List<String> warnings(AppModel app) {
    List<String> warnings = new ArrayList<>();
    for (WebSocketModel webSocket : app.webSockets()) {
      String name = webSocket.location() + ": warning: webSocket '" + webSocket.id() + "' ";
      if (webSocket.routes().size() >= ROUTES) {
        warnings.add(
            name + "has " + webSocket.routes().size() + " routes, and API Gateway allows " + ROUTES
                + " unless AWS raises the account's quota \"Routes per API\": ask for that, or use fewer");
      }
      if (webSocket.ordered()) {
        warnings.add(
            name + "is ordered, which holds on this machine only: API Gateway may run the handlers of one connection's"
                + " messages at the same time");
      }
    }
    routes(app).filter(route -> route.options().timeout().toSeconds() > LONGEST_INTEGRATION)
        .forEach(route -> warnings.add(
            route.location() + ": warning: handler '" + route.path() + "' has a timeout of "
                + route.options().timeout().toSeconds() + " s, and API Gateway waits " + LONGEST_INTEGRATION
                + " s: its client is told of a timeout then, while the function goes on"));
    routes(app).filter(route -> route.options().memory() > LARGEST_MEMORY)
        .forEach(route -> warnings.add(
            route.location() + ": warning: handler '" + route.path() + "' has a memory of " + route.options().memory()
                + " MiB, and Lambda gives new accounts " + LARGEST_MEMORY + " at most: ask AWS for more, or use less"));
    return warnings;
  }
}
