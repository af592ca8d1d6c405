package dev.pinion.awscdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnApiProps;
import software.amazon.awscdk.services.apigatewayv2.WebSocketApi;
import software.constructs.Construct;

import static java.util.Objects.requireNonNull;

/** An API that records its raw overrides. */
final class OverriddenApi extends CfnApi implements Overrides {
  private static final String RESOURCE = "Resource";

  private final RawOverrides overrides = new RawOverrides();

  private OverriddenApi(Construct scope, CfnApiProps properties) {
    super(scope, RESOURCE, properties);
  }

  /**
   * Puts such an API in the place of the one that CDK's construct has made. The place decides about the logical id, so
   * what refers to the one refers to the other.
   */
  static void replace(WebSocketApi api) {
    CfnApi made = (CfnApi) requireNonNull(api.getNode().getDefaultChild());
    CfnApiProps properties = CfnApiProps.builder()
        .name(made.getName())
        .protocolType(made.getProtocolType())
        .routeSelectionExpression(made.getRouteSelectionExpression())
        .apiKeySelectionExpression(made.getApiKeySelectionExpression())
        .description(made.getDescription())
        .ipAddressType(made.getIpAddressType())
        .build();
    if (!api.getNode().tryRemoveChild(RESOURCE)) throw new IllegalStateException(RESOURCE);
    var _ = new OverriddenApi(api, properties);
  }

  @Override
  @SuppressWarnings("NullAway") // no value removes what is at the path
  public void addOverride(String path, @Nullable Object value) {
    overrides.record(path, value);
    super.addOverride(path, value);
  }

  @Override
  public RawOverrides overrides() {
    return overrides;
  }
}
