package dev.pinion.spi;

import java.time.Duration;

/**
 * Limits of API Gateway that more than one module follows. The local gateway's own limits are its profile's settings.
 *
 * <p>Source: API Gateway developer guide, "Quotas for configuring and running a WebSocket API".
 */
public final class ApiGatewayQuotas {
  /** The longest time that API Gateway waits for a function. */
  public static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(29);

  private ApiGatewayQuotas() {}
}
