package dev.pinion.tfaws;

import dev.pinion.aws.HttpApiPlan;
import dev.pinion.aws.HttpApiPlan.HttpRoutePlan;
import dev.pinion.aws.HttpApiPlan.JwtPlan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.spi.HttpApiModel.Cors;
import java.util.List;

/** Writes HTTP APIs: each is an API with its routes and a stage, which is deployed automatically. */
final class HttpApiResources {
  private final Hcl hcl;
  private final Block resources;
  private final IntegrationResources integrations;

  HttpApiResources(Hcl hcl, Block resources) {
    this.hcl = hcl;
    this.resources = resources;
    this.integrations = new IntegrationResources(hcl, resources);
  }

  void add(HttpApiPlan api) {
    Reference reference = new Reference(Kind.HTTP_API, api.path());
    String id = "${" + hcl.address(reference) + ".id}";
    Block block = resources.in("aws_apigatewayv2_api").in(Hcl.label(reference))
        .put("name", "${local.prefix}" + Hcl.escape(api.name()))
        .put("protocol_type", "HTTP");
    api.cors().ifPresent(cors -> block.put("cors_configuration", cors(cors)));
    block.put("tags", "${var.tags}");
    api.authorizer().ifPresent(authorizer -> authorizer(authorizer, id));
    api.routes().forEach(route -> route(api, route, id));
    resources.in("aws_apigatewayv2_stage").in(Hcl.label(reference))
        .put("api_id", id)
        .put("name", HttpApiPlan.STAGE)
        .put("auto_deploy", true)
        // To AWS, a missing limit is 0, and every request is answered 429.
        .put("default_route_settings", new Block().put("throttling_burst_limit", "${var.throttling_burst_limit}")
            .put("throttling_rate_limit", "${var.throttling_rate_limit}"))
        .put("tags", "${var.tags}")
        .put("depends_on", api.routes().stream()
            .filter(route -> route.caller().isPresent())
            .map(route -> "aws_lambda_permission." + label(route.path()))
            .toList())
        .put("lifecycle", new Block().put("create_before_destroy", true));
  }

  private static Block cors(Cors cors) {
    Block block = new Block().put("allow_origins", cors.origins());
    list(block, "allow_methods", cors.methods());
    list(block, "allow_headers", cors.headers());
    list(block, "expose_headers", cors.exposed());
    cors.maxAge().ifPresent(age -> block.put("max_age", (int) age.toSeconds()));
    if (cors.credentials()) block.put("allow_credentials", true);
    return block;
  }

  private static void list(Block block, String name, List<String> values) {
    if (!values.isEmpty()) block.put(name, values.stream().map(Hcl::escape).toList());
  }

  private void authorizer(JwtPlan authorizer, String api) {
    Reference reference = new Reference(Kind.AUTHORIZER, authorizer.path());
    resources.in(Hcl.type(Kind.AUTHORIZER)).in(Hcl.label(reference))
        .put("api_id", api)
        .put("name", JwtPlan.NAME)
        .put("authorizer_type", "JWT")
        .put("identity_sources", List.of(Hcl.escape(authorizer.identitySource())))
        .put("jwt_configuration", new Block()
            .put("audience", authorizer.audiences().stream().map(hcl::template).toList())
            .put("issuer", hcl.template(authorizer.issuer())))
        // It cannot be deleted while a route refers to it.
        .put("lifecycle", new Block().put("create_before_destroy", true));
  }

  private void route(HttpApiPlan plan, HttpRoutePlan route, String api) {
    route.caller().ifPresent(caller -> integrations.permit(route.path(), route.key(), caller));
    integrations.add(route.path(), api)
        .put("payload_format_version", HttpApiPlan.PAYLOAD_FORMAT)
        .put("timeout_milliseconds", route.timeout())
        // It cannot be deleted while a route refers to it, and no deployment is between them. What counts is what the
        // state says before a route moves into a function that others share, so routes with their own have it too.
        .put("lifecycle", new Block().put("create_before_destroy", true));
    Block block = resources.in("aws_apigatewayv2_route").in(label(route.path()))
        .put("api_id", api)
        .put("route_key", Hcl.escape(route.key()))
        .put("target", integrations.target(route.path()))
        // When a route moves to another function, the permission for the one before goes after it.
        .put("depends_on", List.of("aws_lambda_permission." + label(permitted(plan, route))));
    plan.authorizer().ifPresent(authorizer -> block.put("authorization_type", "JWT")
        .put("authorizer_id", "${" + hcl.address(new Reference(Kind.AUTHORIZER, authorizer.path())) + ".id}"));
  }

  /** Returns the route whose permission lets API Gateway invoke a route's function: its own, or that of one before. */
  private String permitted(HttpApiPlan plan, HttpRoutePlan route) {
    String target = integrations.target(route.path());
    return plan.routes().stream()
        .filter(each -> each.caller().isPresent() && integrations.target(each.path()).equals(target))
        .findFirst().orElseThrow().path();
  }

  private static String label(String handler) {
    return Hcl.label(new Reference(Kind.ROUTE, handler));
  }
}
