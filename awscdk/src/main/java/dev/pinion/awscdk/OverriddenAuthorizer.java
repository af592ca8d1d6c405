package dev.pinion.awscdk;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizerProps;
import software.constructs.Construct;

/** A resource of API Gateway that records its raw overrides. */
final class OverriddenAuthorizer extends CfnAuthorizer implements Overrides {
  private final RawOverrides overrides = new RawOverrides();

  OverriddenAuthorizer(Construct scope, String id, CfnAuthorizerProps properties) {
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
