package dev.pinion.spi;

import java.util.Map;
import java.util.Optional;

/**
 * What stays the same for all events of one connection: the part of API Gateway's {@code requestContext} that is fixed
 * by the handshake.
 *
 * @param connectionId API Gateway's connection id: 11 bytes in padded base64url, 16 characters
 * @param connectedAt milliseconds since the epoch at which the handshake began
 * @param sourceIp the client's address
 * @param userAgent the handshake's {@code User-Agent}, empty when the client sent none
 * @param domainName the host that clients connect to, without a port on AWS
 * @param stage the API's stage
 * @param apiId API Gateway's id of the API
 * @param authorizer what the authorizer of {@code $connect} handed on, numbers and booleans as their JSON text; empty
 *     without one
 */
public record ConnectionContext(
    String connectionId,
    long connectedAt,
    String sourceIp,
    Optional<String> userAgent,
    String domainName,
    String stage,
    String apiId,
    Map<String, String> authorizer) {
  public ConnectionContext {
    authorizer = Map.copyOf(authorizer);
  }

  /** A connection of an API without an authorizer. */
  public ConnectionContext(
      String connectionId,
      long connectedAt,
      String sourceIp,
      Optional<String> userAgent,
      String domainName,
      String stage,
      String apiId) {
    this(connectionId, connectedAt, sourceIp, userAgent, domainName, stage, apiId, Map.of());
  }
}
