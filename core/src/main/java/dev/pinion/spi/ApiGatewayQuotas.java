package dev.pinion.spi;

import java.time.Duration;

/**
 * Limits of API Gateway that more than one module follows. The local gateway's own limits are its profile's settings.
 *
 * <p>Source: API Gateway developer guide, "Quotas for configuring and running a WebSocket API"
 * and "... an HTTP API"; Lambda developer guide, "Lambda quotas".
 */
public final class ApiGatewayQuotas {
  /** The longest time that API Gateway waits for a function. */
  public static final Duration INTEGRATION_TIMEOUT = Duration.ofSeconds(29);

  /** How long a connection of a WebSocket API may stay open. */
  public static final Duration CONNECTION_LIFETIME = Duration.ofHours(2);

  /** The longest time that an HTTP API waits for a function. */
  public static final Duration HTTP_INTEGRATION_TIMEOUT = Duration.ofSeconds(30);

  /** The most bytes of an event, and of an answer, of a function that is called synchronously: Lambda's quota. */
  public static final int INVOCATION_BYTES = 6 << 20;

  private ApiGatewayQuotas() {}
}
