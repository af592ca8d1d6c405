package dev.pinion.awscdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResolveContext;
import software.amazon.awscdk.IStringProducer;
import software.amazon.awscdk.Lazy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnDeployment;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnRouteResponse;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.constructs.IConstruct;

/**
 * The logical id of a deployment. A deployment is a copy of its API's routes, integrations and responses, so a new one
 * is created, and the stage moved to it, exactly when one of these changes. They are read when the stack is
 * synthesized, after all user code that may change them.
 */
final class DeploymentId implements IStringProducer {
  private final String start;
  private final WebSocketApi api;
  private final boolean endpoint;

  private DeploymentId(String start, WebSocketApi api, boolean endpoint) {
    this.start = start;
    this.api = api;
    this.endpoint = endpoint;
  }

  /**
   * Returns the id of a deployment.
   *
   * @param endpoint whether it follows the API's default endpoint; if not, there is another deployment without that
   */
  static String of(CfnDeployment deployment, WebSocketApi api, boolean endpoint) {
    return Lazy.uncachedString(new DeploymentId(Stack.of(api).getLogicalId(deployment), api, endpoint));
  }

  @Override
  public String produce(IResolveContext context) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (IConstruct each : api.getNode().findAll()) {
      Map<String, Object> properties = properties(each);
      if (!properties.isEmpty()) all.add(properties);
      if (each instanceof Overrides raw && !raw.overrides().all().isEmpty()) all.add(raw.overrides().all());
    }
    return start + ConstructIds.digest(String.valueOf(Stack.of(api).resolve(all)));
  }

  private Map<String, Object> properties(IConstruct construct) {
    Map<String, Object> all = new LinkedHashMap<>();
    switch (construct) {
      case CfnApi each -> {
        put(all, "selection", each.getRouteSelectionExpression());
        put(all, "apiKeySelection", each.getApiKeySelectionExpression());
        if (endpoint) put(all, "withoutEndpoint", each.getDisableExecuteApiEndpoint());
      }
      case CfnRoute each -> route(all, each);
      case CfnAuthorizer each -> {
        put(all, "type", each.getAuthorizerType());
        put(all, "uri", each.getAuthorizerUri());
        put(all, "sources", each.getIdentitySource());
        put(all, "credentials", each.getAuthorizerCredentialsArn());
      }
      case CfnIntegration each -> integration(all, each);
      case CfnRouteResponse each -> {
        put(all, "route", each.getRouteId());
        put(all, "response", each.getRouteResponseKey());
        put(all, "selection", each.getModelSelectionExpression());
        put(all, "models", each.getResponseModels());
        put(all, "parameters", each.getResponseParameters());
      }
      default -> {
      }
    }
    return all;
  }

  private static void route(Map<String, Object> all, CfnRoute route) {
    put(all, "key", route.getRouteKey());
    put(all, "target", route.getTarget());
    put(all, "authorization", route.getAuthorizationType());
    put(all, "authorizer", route.getAuthorizerId());
    put(all, "scopes", route.getAuthorizationScopes());
    put(all, "apiKey", route.getApiKeyRequired());
    put(all, "selection", route.getModelSelectionExpression());
    put(all, "models", route.getRequestModels());
    put(all, "parameters", route.getRequestParameters());
    put(all, "response", route.getRouteResponseSelectionExpression());
    put(all, "operation", route.getOperationName());
  }

  private static void integration(Map<String, Object> all, CfnIntegration integration) {
    put(all, "type", integration.getIntegrationType());
    put(all, "uri", integration.getIntegrationUri());
    put(all, "method", integration.getIntegrationMethod());
    put(all, "timeout", integration.getTimeoutInMillis());
    put(all, "connection", integration.getConnectionType());
    put(all, "connectionId", integration.getConnectionId());
    put(all, "content", integration.getContentHandlingStrategy());
    put(all, "credentials", integration.getCredentialsArn());
    put(all, "passthrough", integration.getPassthroughBehavior());
    put(all, "selection", integration.getTemplateSelectionExpression());
    put(all, "parameters", integration.getRequestParameters());
    put(all, "templates", integration.getRequestTemplates());
    put(all, "tls", integration.getTlsConfig());
  }

  private static void put(Map<String, Object> all, String name, @Nullable Object value) {
    if (value != null) all.put(name, value);
  }
}
