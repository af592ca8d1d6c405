package dev.pinion.aws;

import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.JwtRules;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reports what AWS refuses in an app, and where AWS will behave differently from what the program states. */
final class Checks {
  private static final int ROUTES = 300;
  private static final int ENVIRONMENT_BYTES = 4096;
  private static final long LONGEST_INTEGRATION = ApiGatewayQuotas.INTEGRATION_TIMEOUT.toSeconds();
  /** The largest memory of a function, in MiB, in an account without a raised quota. */
  private static final int LARGEST_MEMORY = 3008;
  /** The least number of bytes of an id, a region or an ARN that is not known yet. */
  private static final int UNKNOWN_BYTES = 9;

  private final List<String> problems = new ArrayList<>();

  private Checks() {}

  static void check(AppModel app, Plan plan) {
    Checks checks = new Checks();
    if (plan.functions().isEmpty() && app.webSockets().isEmpty() && app.httpApis().isEmpty()
        && app.tables().isEmpty() && app.queues().isEmpty()) {
      checks.problems.add(
          "error: the app " + app.name()
              + " declares no WebSocket, no HTTP API, no schedule, no queue and no table: nothing is deployed");
    }
    app.webSockets().forEach(checks::check);
    app.httpApis().forEach(checks::check);
    Set<String> checked = new HashSet<>();
    for (HandlerModel handler : app.handlers()) {
      FunctionPlan function = plan.function(handler.path());
      if (checked.add(function.path())) checks.check(handler, function);
    }
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

  private void check(HttpApiModel api) {
    if (api.routes().isEmpty()) {
      problems.add(
          api.location() + ": httpApi '" + api.id() + "' has no handler, so every request would be answered 404: add"
              + " one with on");
    }
    api.authorizer().ifPresent(each -> {
      if (each.rules().issuer() instanceof JwtRules.Literal(String issuer) && !issuer.startsWith("https://")) {
        problems.add(
            each.location() + ": httpApi '" + api.id() + "' has the issuer '" + issuer + "', which API Gateway cannot"
                + " reach: use https, or a config");
      }
    });
  }

  private void check(HandlerModel handler, FunctionPlan function) {
    checkEnvironment(handler, function.environment());
    checkPolicies(handler, function);
    FunctionChecks.check(handler, function, problems);
  }

  private void checkPolicies(HandlerModel handler, FunctionPlan function) {
    if (function.policies().size() > Policies.MOST_MANAGED) {
      problems.add(
          handler.location() + ": handler '" + handler.path() + "' needs IAM policies of some "
              + Policies.size(function.statements()) + " characters, in " + function.policies().size()
              + " managed policies, and a role can have " + Policies.MOST_MANAGED
              + " for each of the two versions of an update: use fewer tables, indexes and WebSockets in one handler,"
              + " or fewer and broader ARNs in allow");
    }
  }

  private void checkEnvironment(HandlerModel handler, Map<String, Expression> environment) {
    int bytes = environment.entrySet().stream().mapToInt(each -> each.getKey().length() + bytes(each.getValue()))
        .sum();
    if (bytes > ENVIRONMENT_BYTES) {
      problems.add(
          handler.location() + ": handler '" + handler.path() + "' needs at least " + bytes
              + " bytes of environment for the names of the tables, WebSockets and values that it uses, and Lambda"
              + " allows " + ENVIRONMENT_BYTES + ": use shorter ids, or fewer of them in one handler");
    }
  }

  private static int bytes(Expression value) {
    return switch (value) {
      case Expression.Literal(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
      case Expression.Attribute(Reference resource, Reference.Property property) ->
          property == Reference.Property.NAME ? resource.slug().length() + 2 : UNKNOWN_BYTES;
      case Expression.Parameter _ -> 0;
      case Expression.Join(var parts) -> parts.stream().mapToInt(Checks::bytes).sum();
      case Expression.Json(var values) -> 2 + values.entrySet().stream()
          .mapToInt(each -> each.getKey().length() + bytes(each.getValue()) + 6)
          .sum();
    };
  }

  static List<String> warnings(AppModel app) {
    List<String> warnings = new ArrayList<>();
    for (WebSocketModel webSocket : app.webSockets()) {
      String name = webSocket.location() + ": warning: webSocket '" + webSocket.id() + "' ";
      if (webSocket.routes().size() >= ROUTES) {
        warnings.add(
            name + "has " + webSocket.routes().size() + " routes; the default quota \"Routes per API\" is " + ROUTES
                + ": ask AWS to raise it, or use fewer routes");
      }
      if (webSocket.ordered()) {
        warnings.add(
            name + "is ordered, which only works locally: on AWS, the handlers of one connection's messages may run"
                + " concurrently");
      }
    }
    routes(app).filter(route -> route.options().timeout().toSeconds() > LONGEST_INTEGRATION)
        .forEach(route -> warnings.add(
            route.location() + ": warning: handler '" + route.path() + "' has a timeout of "
                + route.options().timeout().toSeconds() + " s, but API Gateway waits " + LONGEST_INTEGRATION
                + " s: then the client receives an error, and the function keeps running"));
    httpWarnings(app, warnings);
    FunctionChecks.warn(app, warnings);
    app.handlers().stream().filter(handler -> handler.options().memory() > LARGEST_MEMORY)
        .forEach(handler -> warnings.add(
            handler.location() + ": warning: handler '" + handler.path() + "' has a memory of "
                + handler.options().memory()
                + " MiB; the default quota of new accounts is " + LARGEST_MEMORY
                + " MiB: ask AWS to raise it, or use less"));
    return warnings;
  }

  private static void httpWarnings(AppModel app, List<String> warnings) {
    long longest = ApiGatewayQuotas.HTTP_INTEGRATION_TIMEOUT.toSeconds();
    for (HttpApiModel api : app.httpApis()) {
      if (api.routes().size() > ROUTES) {
        warnings.add(
            api.location() + ": warning: httpApi '" + api.id() + "' has " + api.routes().size()
                + " routes; the default quota \"Routes per API\" is " + ROUTES
                + ": ask AWS to raise it, or use fewer routes");
      }
      api.routes().stream().filter(route -> route.options().timeout().toSeconds() > longest)
          .forEach(route -> warnings.add(
              route.location() + ": warning: handler '" + route.path() + "' has a timeout of "
                  + route.options().timeout().toSeconds() + " s, but API Gateway waits " + longest
                  + " s: then the client gets 503, and the function keeps running"));
    }
  }
}
