package dev.pinion.tfaws;

import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.WebSocketPlan;
import dev.pinion.aws.WebSocketPlan.AuthorizerPlan;
import dev.pinion.aws.WebSocketPlan.RouteAuthorization;
import dev.pinion.aws.WebSocketPlan.RoutePlan;
import dev.pinion.spi.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes WebSockets: each is an API with its routes, deployment and stage. */
final class ApiResources {
  private final Hcl hcl;
  private final Block resources;
  private final IntegrationResources integrations;

  ApiResources(Hcl hcl, Block resources) {
    this.hcl = hcl;
    this.resources = resources;
    this.integrations = new IntegrationResources(hcl, resources);
  }

  void add(WebSocketPlan webSocket) {
    String label = Hcl.label(new Reference(Kind.API, webSocket.path()));
    String api = "${" + hcl.address(new Reference(Kind.API, webSocket.path())) + ".id}";
    resources.in("aws_apigatewayv2_api").in(label)
        .put("name", "${local.prefix}" + Hcl.escape(webSocket.name()))
        .put("protocol_type", "WEBSOCKET")
        .put("route_selection_expression", Hcl.escape(webSocket.routeSelectionExpression()))
        .put("tags", "${var.tags}");
    webSocket.authorizer().ifPresent(authorizer -> authorizer(authorizer, api, webSocket.stage()));
    webSocket.routes().forEach(route -> route(webSocket, route, api));
    Block triggers = new Block();
    webSocket.deploymentTriggers().forEach((key, value) -> triggers.put(Hcl.escape(key), hcl.template(value)));
    resources.in("aws_apigatewayv2_deployment").in(label)
        .put("api_id", api)
        .put("triggers", triggers)
        // A deployment that a stage points to cannot be deleted.
        .put("lifecycle", new Block().put("create_before_destroy", true));
    resources.in("aws_apigatewayv2_stage").in(label)
        .put("api_id", api)
        .put("name", webSocket.stage())
        .put("deployment_id", "${aws_apigatewayv2_deployment." + label + ".id}")
        // To AWS, a missing limit is 0, and every handshake is answered 429.
        .put("default_route_settings", new Block().put("throttling_burst_limit", "${var.throttling_burst_limit}")
            .put("throttling_rate_limit", "${var.throttling_rate_limit}"))
        .put("tags", "${var.tags}")
        .put("depends_on", callers(webSocket).map(path -> "aws_lambda_permission." + label(path))
            .toList())
        .put("lifecycle", new Block().put("create_before_destroy", true));
  }

  private void authorizer(AuthorizerPlan authorizer, String api, String stage) {
    Reference reference = new Reference(Kind.AUTHORIZER, authorizer.path());
    integrations.permit(authorizer.path(), stage + "/" + Event.Authorize.KEY, authorizer.caller());
    String alias = hcl.address(new Reference(Kind.ALIAS, authorizer.path()));
    Block block = resources.in(Hcl.type(Kind.AUTHORIZER)).in(Hcl.label(reference))
        .put("api_id", api)
        .put("name", AuthorizerPlan.NAME)
        .put("authorizer_type", "REQUEST")
        .put("authorizer_uri", "${" + alias + ".invoke_arn}");
    authorizer.identitySource().ifPresent(source -> block.put("identity_sources", List.of(Hcl.escape(source))));
    // It cannot be deleted while the route refers to it.
    block.put("lifecycle", new Block().put("create_before_destroy", true));
  }

  /** The handlers with a permission for API Gateway; what shares a function with one of them has none. */
  private static Stream<String> callers(WebSocketPlan webSocket) {
    return Stream.concat(
        webSocket.authorizer().stream().map(AuthorizerPlan::path),
        webSocket.routes().stream().filter(route -> route.caller().isPresent()).map(RoutePlan::path));
  }

  private void route(WebSocketPlan webSocket, RoutePlan route, String api) {
    String label = label(route.path());
    route.caller()
        .ifPresent(caller -> integrations.permit(route.path(), webSocket.stage() + "/" + route.key(), caller));
    integrations.add(route.path(), api).put("timeout_milliseconds", route.timeout());
    Block block = resources.in("aws_apigatewayv2_route").in(label)
        .put("api_id", api)
        .put("route_key", Hcl.escape(route.key()))
        .put("target", integrations.target(route.path()));
    if (route.authorization() != RouteAuthorization.NONE) block.put("authorization_type", route.authorization().name());
    if (route.authorization() == RouteAuthorization.CUSTOM) {
      String authorizer = webSocket.authorizer().orElseThrow().path();
      block.put("authorizer_id", "${" + hcl.address(new Reference(Kind.AUTHORIZER, authorizer)) + ".id}");
    }
    if (route.responds()) {
      block.put("route_response_selection_expression", "$default");
      response(route, api, label);
    }
    List<String> after = new ArrayList<>();
    route.after().ifPresent(path -> after.add("aws_apigatewayv2_route." + label(path)));
    if (!after.isEmpty()) block.put("depends_on", after);
  }

  private static String label(String handler) {
    return Hcl.label(new Reference(Kind.ROUTE, handler));
  }

  private void response(RoutePlan route, String api, String label) {
    resources.in("aws_apigatewayv2_route_response").in(label)
        .put("api_id", api)
        .put("route_id", "${" + hcl.address(new Reference(Kind.ROUTE, route.path())) + ".id}")
        .put("route_response_key", "$default");
  }
}
