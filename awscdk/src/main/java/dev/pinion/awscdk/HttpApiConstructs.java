package dev.pinion.awscdk;

import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.HttpApiPlan.HttpRoutePlan;
import dev.pinion.aws.HttpApiPlan.JwtPlan;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Reference.Property;
import dev.pinion.spi.HttpApiModel.Cors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationProps;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** Adds HTTP APIs: each is an API with its routes and a stage, which is deployed automatically. */
final class HttpApiConstructs {
  private final Construct app;
  private final TokenText text;
  private final Resources resources;
  private final DeploymentSettings settings;
  private final IntegrationConstructs integrations;
  private final Map<String, Construct> scopes = new LinkedHashMap<>();

  HttpApiConstructs(Construct app, TokenText text, Resources resources, DeploymentSettings settings,
      IntegrationConstructs integrations) {
    this.app = app;
    this.text = text;
    this.resources = resources;
    this.settings = settings;
    this.integrations = integrations;
  }

  /** Adds the routes of all HTTP APIs of a plan, with their functions. */
  void addRoutes(Plan plan, FunctionConstructs functions) {
    for (HttpApiPlan api : plan.httpApis()) {
      api.routes().forEach(route -> functions.add(plan.function(route.path()), scope(route.path())));
      addRoutes(api);
      CfnOutput.Builder.create(scope(api.path()), "Url")
          .description("Where clients of the HTTP API " + api.path() + " send their requests.")
          .value(text.text(Outputs.of(plan, "httpApis", api.path(), "url")))
          .build();
    }
  }

  /** Adds an API without routes: functions may know its URL. */
  void addApi(HttpApiPlan plan) {
    Construct scope = new Construct(app, ConstructIds.scope(plan.path()));
    scopes.put(plan.path(), scope);
    HttpApi.Builder builder = HttpApi.Builder.create(scope, "Api").apiName(plan.name()).createDefaultStage(false);
    plan.cors().ifPresent(cors -> builder.corsPreflight(cors(cors)));
    resources.put(Kind.HTTP_API, plan.path(), builder.build());
    String host = text.text(new Reference(Kind.HTTP_API, plan.path()).get(Property.HOST));
    resources.address(plan.path(), settings.operators.address(plan.path(), host));
    Construct handlers = new Construct(scope, "Handlers");
    plan.routes().forEach(route -> scopes.put(route.path(), new Construct(handlers, ConstructIds.scope(route.key()))));
  }

  private static CorsPreflightOptions cors(Cors cors) {
    CorsPreflightOptions.Builder builder = CorsPreflightOptions.builder().allowOrigins(cors.origins());
    if (!cors.methods().isEmpty())
      builder.allowMethods(cors.methods().stream().map(HttpApiConstructs::method).toList());
    if (!cors.headers().isEmpty()) builder.allowHeaders(cors.headers());
    if (!cors.exposed().isEmpty()) builder.exposeHeaders(cors.exposed());
    cors.maxAge().ifPresent(age -> builder.maxAge(Duration.seconds(age.toSeconds())));
    if (cors.credentials()) builder.allowCredentials(true);
    return builder.build();
  }

  private static CorsHttpMethod method(String name) {
    return name.equals("*") ? CorsHttpMethod.ANY : CorsHttpMethod.valueOf(name);
  }

  /** Returns the scope of an API's constructs, or of the function of a route. */
  private Construct scope(String path) {
    return requireNonNull(scopes.get(path), path);
  }

  /** Adds the routes, to functions that exist already, and the stage. */
  private void addRoutes(HttpApiPlan plan) {
    HttpApi api = resources.get(Kind.HTTP_API, plan.path(), HttpApi.class);
    HttpStage stage = HttpStage.Builder.create(scope(plan.path()), "Stage")
        .httpApi(api)
        .stageName(HttpApiPlan.STAGE)
        .autoDeploy(true)
        .throttle(settings.throttle())
        .build();
    resources.put(Kind.STAGE, plan.path(), stage);
    Optional<CfnAuthorizer> authorizer = plan.authorizer().map(each -> authorizer(api, each));
    for (HttpRoutePlan route : plan.routes()) {
      route.caller().ifPresent(caller -> integrations.permit(route.path(), caller));
      stage.getNode().addDependency(integrations.permission(route.path()));
      route(api, route, authorizer);
    }
  }

  private CfnAuthorizer authorizer(HttpApi api, JwtPlan plan) {
    CfnAuthorizer authorizer = CfnAuthorizer.Builder.create(api, "Authorizer")
        .apiId(api.getApiId())
        .name(JwtPlan.NAME)
        .authorizerType("JWT")
        .identitySource(List.of(plan.identitySource()))
        .jwtConfiguration(CfnAuthorizer.JWTConfigurationProperty.builder()
            .audience(plan.audiences().stream().map(text::text).toList())
            .issuer(text.text(plan.issuer()))
            .build())
        .build();
    resources.put(Kind.AUTHORIZER, plan.path(), authorizer);
    return authorizer;
  }

  /** CDK's own route grants an ARN of all methods. */
  private void route(HttpApi api, HttpRoutePlan plan, Optional<CfnAuthorizer> authorizer) {
    Construct scope = new Construct(api, ConstructIds.of(plan.key()) + "-Route");
    CfnIntegrationProps.Builder integration = CfnIntegrationProps.builder()
        .apiId(api.getApiId())
        .payloadFormatVersion(HttpApiPlan.PAYLOAD_FORMAT)
        .timeoutInMillis(plan.timeout());
    CfnRoute.Builder route = CfnRoute.Builder.create(scope, "Resource")
        .apiId(api.getApiId())
        .routeKey(plan.key())
        .target(integrations.target(api, scope, plan.path(), integration))
        .authorizationType(authorizer.isPresent() ? "JWT" : "NONE");
    authorizer.ifPresent(each -> route.authorizerId(each.getRef()));
    route.build().getNode().addDependency(integrations.permission(plan.path()));
  }
}
