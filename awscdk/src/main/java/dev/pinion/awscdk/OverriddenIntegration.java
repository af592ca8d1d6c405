package dev.pinion.awscdk;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegrationProps;
import software.constructs.Construct;

/** A resource of API Gateway that records its raw overrides. */
final class OverriddenIntegration extends CfnIntegration implements Overrides {
  private final Map<String, Object> overrides = new TreeMap<>();

  OverriddenIntegration(Construct scope, String id, CfnIntegrationProps properties) {
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
