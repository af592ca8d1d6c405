package dev.pinion.awscdk;

import dev.pinion.aws.Expression;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizerProps;
import software.amazon.awscdk.services.apigatewayv2.CfnDeployment;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationProps;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteProps;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteResponseProps;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.amazon.awscdk.services.apigatewayv2.WebSocketStage;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** Adds WebSockets: each is an API with its routes, deployment and stage. */
final class ApiConstructs {
  private static final String PERMISSION = "ApiGateway";

  private final Construct app;
  private final TokenText text;
  private final Resources resources;
  private final DeploymentSettings settings;
  private final Map<String, Construct> scopes = new LinkedHashMap<>();

  ApiConstructs(Construct app, TokenText text, Resources resources, DeploymentSettings settings) {
    this.app = app;
    this.text = text;
    this.resources = resources;
    this.settings = settings;
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
    CfnDeployment deployment = CfnDeployment.Builder.create(scope, "Deployment").apiId(api.getApiId()).build();
    WebSocketStage stage = WebSocketStage.Builder.create(scope, "Stage")
        .webSocketApi(api)
        .stageName(webSocket.stage())
        .autoDeploy(false)
        .throttle(settings.throttle())
        .build();
    resources.putStage(webSocket.path(), stage);
    // CDK's stage knows no deployment but an automatic one.
    ((CfnStage) requireNonNull(stage.getNode().getDefaultChild())).setDeploymentId(deployment.getRef());
    webSocket.authorizer().ifPresent(authorizer -> {
      Alias alias = resources.get(Kind.ALIAS, authorizer.path(), Alias.class);
      authorizer(api, authorizer, alias);
      permit(alias, authorizer.caller());
      stage.getNode().addDependency(alias.getNode().findChild(PERMISSION));
    });
    @Nullable CfnRoute before = null;
    for (RoutePlan route : webSocket.routes()) {
      Alias alias = resources.get(Kind.ALIAS, route.path(), Alias.class);
      route.caller().ifPresent(caller -> permit(alias, caller));
      stage.getNode().addDependency(alias.getNode().findChild(PERMISSION));
      before = route(api, webSocket, route, before);
    }
    // All that is in the API's scope when the stack is synthesized, so also the routes that others add.
    deployment.getNode().addDependency(api);
    deployment.overrideLogicalId(DeploymentId.of(deployment, api));
  }

  private void permit(Alias alias, Expression caller) {
    alias.addPermission(
        PERMISSION,
        Permission.builder()
            .principal(new ServicePrincipal("apigateway.amazonaws.com"))
            .sourceArn(text.text(caller))
            .build());
  }

  private void authorizer(WebSocketApi api, AuthorizerPlan plan, Alias alias) {
    CfnAuthorizerProps.Builder properties = CfnAuthorizerProps.builder()
        .apiId(api.getApiId())
        .name(AuthorizerPlan.NAME)
        .authorizerType("REQUEST")
        .authorizerUri(text.invokeArn(alias));
    plan.identitySource().ifPresent(source -> properties.identitySource(List.of(source)));
    resources.put(Kind.AUTHORIZER, plan.path(), new OverriddenAuthorizer(api, "Authorizer", properties.build()));
  }

  /** CDK's own route has the same constructs, but not all of their raw overrides can be read. */
  private CfnRoute route(WebSocketApi api, WebSocketPlan webSocket, RoutePlan plan, @Nullable CfnRoute before) {
    Alias alias = resources.get(Kind.ALIAS, plan.path(), Alias.class);
    Construct scope = new Construct(api, ConstructIds.of(plan.key()) + "-Route");
    CfnIntegration integration = new OverriddenIntegration(
        new Construct(scope, "Integration"),
        "Resource",
        CfnIntegrationProps.builder()
            .apiId(api.getApiId())
            .integrationType("AWS_PROXY")
            .integrationMethod("POST")
            .integrationUri(text.invokeArn(alias))
            .timeoutInMillis(plan.timeout())
            .build());
    CfnRouteProps.Builder properties = CfnRouteProps.builder()
        .apiId(api.getApiId())
        .routeKey(plan.key())
        .target("integrations/" + integration.getRef())
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
