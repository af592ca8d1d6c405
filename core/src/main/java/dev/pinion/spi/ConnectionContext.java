package dev.pinion.spi;

import java.util.Map;
import java.util.Optional;

/**
 * The data that all events of one connection share: the part of API Gateway's {@code requestContext} that the handshake
 * determines.
 *
 * @param connectionId API Gateway's connection id: 11 bytes in padded base64url, 16 characters
 * @param connectedAt when the handshake began, in milliseconds since the epoch
 * @param sourceIp the client's address
 * @param userAgent the handshake's {@code User-Agent}, empty if the client sent none
 * @param domainName the host that clients connect to, without a port on AWS
 * @param stage the API's stage
 * @param apiId API Gateway's id of the API
 * @param authorizer the values that the authorizer of {@code $connect} returned, numbers and booleans as JSON text;
 *     empty without an authorizer
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

  /** Creates the context of a connection to an API without an authorizer. */
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

  /** Returns a copy with the values that the authorizer has returned. */
  public ConnectionContext authorized(Map<String, String> values) {
    return new ConnectionContext(
        connectionId, connectedAt, sourceIp, userAgent, domainName, stage, apiId, values);
  }
}
