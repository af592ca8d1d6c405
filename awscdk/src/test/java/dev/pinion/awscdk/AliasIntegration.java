package dev.pinion.awscdk;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigatewayv2.WebSocketIntegrationType;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteIntegration;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteIntegrationBindOptions;
import software.amazon.awscdk.services.apigatewayv2.WebSocketRouteIntegrationConfig;

/** The integration of a function's alias. CDK's own grants an ARN that lacks a slash, and has no timeout. */
final class AliasIntegration extends WebSocketRouteIntegration {
  private final String invokeArn;
  private final int timeout;

  AliasIntegration(String invokeArn, int timeout) {
    super("Integration");
    this.invokeArn = invokeArn;
    this.timeout = timeout;
  }

  @Override
  public WebSocketRouteIntegrationConfig bind(WebSocketRouteIntegrationBindOptions options) {
    return WebSocketRouteIntegrationConfig.builder()
        .type(WebSocketIntegrationType.AWS_PROXY)
        .method("POST")
        .uri(invokeArn)
        .timeout(Duration.millis(timeout))
        .build();
  }
}
