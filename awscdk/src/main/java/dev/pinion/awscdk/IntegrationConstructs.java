package dev.pinion.awscdk;

import dev.pinion.aws.Expression;
import dev.pinion.aws.Plan;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationProps;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Permission;
import software.constructs.Construct;
import software.constructs.IDependable;

/** Adds how APIs invoke functions: the integrations of their routes, and the permissions. */
final class IntegrationConstructs {
  private static final String PERMISSION = "ApiGateway";
  private static final String FURTHER_PERMISSION = "ApiGatewayAuthorizer";

  private final Plan plan;
  private final TokenText text;
  private final Resources resources;
  private final Map<String, CfnIntegration> shared = new HashMap<>();

  IntegrationConstructs(Plan plan, TokenText text, Resources resources) {
    this.plan = plan;
    this.text = text;
    this.resources = resources;
  }

  /**
   * Returns the target of a route.
   *
   * @param handler the route's
   * @param route the scope of the route, in which the integration is unless routes share it
   * @param properties what the kind of API decides
   */
  String target(Construct api, Construct route, String handler, CfnIntegrationProps.Builder properties) {
    String of = plan.shared(new Reference(Kind.INTEGRATION, handler)).path();
    CfnIntegration integration = of.equals(handler)
        ? integration(new Construct(route, "Integration"), handler, properties)
        : shared.computeIfAbsent(
            of, path -> integration(new Construct(api, ConstructIds.of(path) + "-Integration"), handler, properties));
    return "integrations/" + integration.getRef();
  }

  private CfnIntegration integration(Construct scope, String handler, CfnIntegrationProps.Builder properties) {
    return new OverriddenIntegration(
        scope,
        "Resource",
        properties
            .integrationType("AWS_PROXY")
            .integrationMethod("POST")
            .integrationUri(text.invokeArn(alias(handler)))
            .build());
  }

  private Alias alias(String handler) {
    return resources.get(Kind.ALIAS, handler, Alias.class);
  }

  /** Lets API Gateway invoke the function of a route. */
  void permit(String handler, Expression caller) {
    permit(alias(handler), PERMISSION, caller);
  }

  /** Lets API Gateway invoke the function of an authorizer, after those of the routes, and returns the permission. */
  IDependable permitAuthorizer(String handler, Expression caller) {
    Alias alias = alias(handler);
    String id = alias.getNode().tryFindChild(PERMISSION) == null ? PERMISSION : FURTHER_PERMISSION;
    permit(alias, id, caller);
    return alias.getNode().findChild(id);
  }

  private void permit(Alias alias, String id, Expression caller) {
    alias.addPermission(
        id,
        Permission.builder()
            .principal(new ServicePrincipal("apigateway.amazonaws.com"))
            .sourceArn(text.text(caller))
            .build());
  }

  /** Returns the permission to invoke the function of a route. */
  IDependable permission(String handler) {
    return alias(handler).getNode().findChild(PERMISSION);
  }
}
