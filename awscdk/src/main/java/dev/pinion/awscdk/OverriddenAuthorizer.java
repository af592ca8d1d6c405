package dev.pinion.awscdk;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizerProps;
import software.constructs.Construct;

/** A resource of API Gateway that records its raw overrides. */
final class OverriddenAuthorizer extends CfnAuthorizer implements Overrides {
  private final Map<String, Object> overrides = new TreeMap<>();

  OverriddenAuthorizer(Construct scope, String id, CfnAuthorizerProps properties) {
    super(scope, id, properties);
  }

  @Override
  @SuppressWarnings("NullAway") // no value removes what is at the path
  public void addOverride(String path, @Nullable Object value) {
    overrides.put(path, value == null ? "" : value);
    super.addOverride(path, value);
  }

  @Override
  public Map<String, Object> overrides() {
    return Collections.unmodifiableMap(overrides);
  }
}
