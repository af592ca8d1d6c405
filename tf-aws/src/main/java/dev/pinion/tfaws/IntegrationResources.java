package dev.pinion.tfaws;

import dev.pinion.aws.Expression;
import dev.pinion.aws.Reference;
import dev.pinion.aws.Reference.Kind;
import dev.pinion.aws.Slugs;

/** Writes how APIs invoke functions: the integrations of their routes, and the permissions. */
final class IntegrationResources {
  private final Hcl hcl;
  private final Block resources;

  IntegrationResources(Hcl hcl, Block resources) {
    this.hcl = hcl;
    this.resources = resources;
  }

  /** Adds the integration that a route targets, unless another route of the API shares it and came first. */
  Block add(String handler, String api) {
    return resources.in(Hcl.type(Kind.INTEGRATION)).in(hcl.sharedLabel(new Reference(Kind.INTEGRATION, handler)))
        .put("api_id", api)
        .put("integration_type", "AWS_PROXY")
        .put("integration_method", "POST")
        .put("integration_uri", "${" + hcl.address(new Reference(Kind.ALIAS, handler)) + ".invoke_arn}");
  }

  /** Returns the target of a route. */
  String target(String handler) {
    return "integrations/${" + hcl.address(new Reference(Kind.INTEGRATION, handler)) + ".id}";
  }

  /** Lets API Gateway invoke the function of a handler. */
  void permit(String handler, String key, Expression caller) {
    resources.in("aws_lambda_permission").in(Hcl.label(new Reference(Kind.ROUTE, handler)))
        // A permission is replaced before the old one goes, and two of one function cannot have the same id.
        .put("statement_id", "api-gateway-" + Slugs.digest(key))
        .put("action", "lambda:InvokeFunction")
        .put("function_name", "${" + hcl.address(new Reference(Kind.FUNCTION, handler)) + ".function_name}")
        .put("qualifier", "${" + hcl.address(new Reference(Kind.ALIAS, handler)) + ".name}")
        .put("principal", "apigateway.amazonaws.com")
        .put("source_arn", hcl.template(caller))
        // Otherwise the permission of a removed route would go before the stage has left the route.
        .put("lifecycle", new Block().put("create_before_destroy", true));
  }
}
