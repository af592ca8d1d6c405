package dev.pinion.awscdk;

import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.aws.WebSocketPlan;
import dev.pinion.aws.WebSocketPlan.AuthorizerPlan;
import dev.pinion.aws.WebSocketPlan.RouteAuthorization;
import dev.pinion.aws.WebSocketPlan.RoutePlan;
import dev.pinion.spi.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizerProps;
import software.amazon.awscdk.services.apigatewayv2.CfnDeployment;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationProps;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteProps;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteResponseProps;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.lambda.Alias;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** Adds WebSockets: each is an API with its routes, deployment and stage. */
final class ApiConstructs {
  private final Construct app;
  private final TokenText text;
  private final Resources resources;
  private final DeploymentSettings settings;
  private final IntegrationConstructs integrations;
  private final Map<String, Construct> scopes = new LinkedHashMap<>();

  ApiConstructs(Construct app, TokenText text, Resources resources, DeploymentSettings settings,
      IntegrationConstructs integrations) {
    this.app = app;
    this.text = text;
    this.resources = resources;
    this.settings = settings;
    this.integrations = integrations;
  }

  void addApi(WebSocketPlan webSocket) {
    Construct scope = new Construct(app, ConstructIds.scope(webSocket.path()));
    scopes.put(webSocket.path(), scope);
    WebSocketApi api = WebSocketApi.Builder.create(scope, "Api")
        .apiName(webSocket.name())
        .routeSelectionExpression(webSocket.routeSelectionExpression())
        .build();
    OverriddenApi.replace(api);
    resources.put(Kind.API, webSocket.path(), api);
    String host = text.text(new Reference(Kind.API, webSocket.path()).get(Property.HOST));
    resources.address(
        webSocket.path(), settings.operators.address(webSocket.path(), host + "/" + webSocket.stage()));
    Construct handlers = new Construct(scope, "Handlers");
    webSocket.authorizer().ifPresent(
        each -> scopes.put(each.path(), new Construct(handlers, ConstructIds.scope(Event.Authorize.KEY))));
    webSocket.routes()
        .forEach(route -> scopes.put(route.path(), new Construct(handlers, ConstructIds.scope(route.key()))));
  }

  /** Returns the scope of a WebSocket's constructs. */
  Construct scope(WebSocketPlan webSocket) {
    return requireNonNull(scopes.get(webSocket.path()), webSocket.path());
  }

  /** Returns the scope of the function of a handler. */
  Construct scope(String path) {
    return requireNonNull(scopes.get(path), path);
  }

  /** Adds the routes, to functions that exist already, with the deployment and the stage. */
  void addRoutes(WebSocketPlan webSocket) {
    Construct scope = scope(webSocket);
    WebSocketApi api = resources.get(Kind.API, webSocket.path(), WebSocketApi.class);
    String deployed = deployment(webSocket.path(), scope, api);
    WebSocketStage stage = WebSocketStage.Builder.create(scope, "Stage")
        .webSocketApi(api)
        .stageName(webSocket.stage())
        .autoDeploy(false)
        .throttle(settings.throttle())
        .build();
    resources.putStage(webSocket.path(), stage);
    // CDK's stage knows no deployment but an automatic one.
    ((CfnStage) requireNonNull(stage.getNode().getDefaultChild())).setDeploymentId(deployed);
    webSocket.authorizer().ifPresent(authorizer -> authorizer(api, authorizer));
    @Nullable CfnRoute before = null;
    for (RoutePlan route : webSocket.routes()) {
      route.caller().ifPresent(caller -> integrations.permit(route.path(), caller));
      stage.getNode().addDependency(integrations.permission(route.path()));
      before = route(api, webSocket, route, before);
    }
    webSocket.authorizer().ifPresent(
        each -> stage.getNode().addDependency(integrations.permitAuthorizer(each.path(), each.caller())));
  }

  private static CfnDeployment deployment(Construct scope, String id, WebSocketApi api, boolean endpoint) {
    CfnDeployment deployment = CfnDeployment.Builder.create(scope, id).apiId(api.getApiId()).build();
    // All that is in the API's scope when the stack is synthesized, so also the routes that others add.
    deployment.getNode().addDependency(api);
    deployment.overrideLogicalId(DeploymentId.of(deployment, api, endpoint));
    return deployment;
  }

  /**
   * Adds what a stage deploys, and returns its id. If a parameter decides about the default endpoint, it decides
   * between two deployments: API Gateway applies the change with another one only.
   */
  private String deployment(String path, Construct scope, WebSocketApi api) {
    Optional<CustomDomain> decided =
        settings.operators.domain(path).filter(each -> each.withoutEndpoint.when() != null);
    CfnDeployment usual = deployment(scope, "Deployment", api, decided.isEmpty());
    if (decided.isEmpty()) return usual.getRef();
    CfnDeployment other = deployment(scope, "DeploymentWithoutEndpoint", api, false);
    decided.get().withEndpoint.decides(usual);
    decided.get().withoutEndpoint.decides(other);
    return decided.get().withoutEndpoint.text(other.getRef(), usual.getRef());
  }

  private void authorizer(WebSocketApi api, AuthorizerPlan plan) {
    CfnAuthorizerProps.Builder properties = CfnAuthorizerProps.builder()
        .apiId(api.getApiId())
        .name(AuthorizerPlan.NAME)
        .authorizerType("REQUEST")
        .authorizerUri(text.invokeArn(resources.get(Kind.ALIAS, plan.path(), Alias.class)));
    plan.identitySource().ifPresent(source -> properties.identitySource(List.of(source)));
    resources.put(Kind.AUTHORIZER, plan.path(), new OverriddenAuthorizer(api, "Authorizer", properties.build()));
  }

  /** CDK's own route has the same constructs, but not all of their raw overrides can be read. */
  private CfnRoute route(WebSocketApi api, WebSocketPlan webSocket, RoutePlan plan, @Nullable CfnRoute before) {
    Construct scope = new Construct(api, ConstructIds.of(plan.key()) + "-Route");
    CfnIntegrationProps.Builder integration =
        CfnIntegrationProps.builder().apiId(api.getApiId()).timeoutInMillis(plan.timeout());
    CfnRouteProps.Builder properties = CfnRouteProps.builder()
        .apiId(api.getApiId())
        .routeKey(plan.key())
        .target(integrations.target(api, scope, plan.path(), integration))
        .authorizationType(plan.authorization().name());
    if (plan.authorization() == RouteAuthorization.CUSTOM) {
      String authorizer = webSocket.authorizer().orElseThrow().path();
      properties.authorizerId(resources.get(Kind.AUTHORIZER, authorizer, CfnAuthorizer.class).getRef());
    }
    if (plan.responds()) properties.routeResponseSelectionExpression("$default");
    CfnRoute route = new OverriddenRoute(scope, "Resource", properties.build());
    if (plan.responds()) {
      new OverriddenRouteResponse(
          scope,
          "Response",
          CfnRouteResponseProps.builder().apiId(api.getApiId()).routeId(route.getRef()).routeResponseKey("$default")
              .build());
    }
    // API Gateway refuses concurrent edits of routes.
    if (before != null) route.getNode().addDependency(before);
    return route;
  }
}
