package dev.pinion.awscdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationProps;
import software.constructs.Construct;

/** A resource of API Gateway that records its raw overrides. */
final class OverriddenIntegration extends CfnIntegration implements Overrides {
  private final RawOverrides overrides = new RawOverrides();

  OverriddenIntegration(Construct scope, String id, CfnIntegrationProps properties) {
    super(scope, id, properties);
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
