package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON that API Gateway's proxy integration hands to a function. Members that tell what another one tells are not
 * read: {@code headers} and {@code queryStringParameters} (the multi-value forms), {@code extendedRequestId} ({@code
 * requestId}), {@code requestTime} ({@code requestTimeEpoch}), {@code messageDirection} (always {@code IN}), and the
 * headers of a disconnect ({@code Host} is {@code domainName}, the others are empty).
 *
 * <p>A disconnect that does not say how it came about is one of status 1006 without a reason: its handler must run, as
 * nothing else tidies up.
 *
 * <p>Source: API Gateway developer guide, "Set up WebSocket API integration requests", and recorded events.
 */
record ProxyEvent(
    RequestContext requestContext,
    Optional<Map<String, List<String>>> multiValueHeaders,
    Optional<Map<String, List<String>>> multiValueQueryStringParameters,
    Optional<String> body,
    boolean isBase64Encoded) {
  /** The connection is gone without a close frame (RFC 6455, section 7.1.5). */
  private static final int ABNORMAL = 1006;

  /** What API Gateway says of the request and its connection. */
  record RequestContext(
      String routeKey,
      String eventType,
      String requestId,
      long requestTimeEpoch,
      String stage,
      String domainName,
      String apiId,
      String connectionId,
      long connectedAt,
      Identity identity,
      Optional<String> messageId,
      Optional<Integer> disconnectStatusCode,
      Optional<String> disconnectReason,
      Optional<Map<String, Object>> authorizer) {}

  /** Who the client is. */
  record Identity(String sourceIp, Optional<String> userAgent) {}

  /**
   * Reads one event.
   *
   * @throws IllegalArgumentException for another text; the message names the place
   */
  static Event read(String text, RecordCodec json) {
    try {
      return json.read(text, ProxyEvent.class).event();
    } catch (MismatchException e) {
      throw new IllegalArgumentException(
          "not an event of an API Gateway WebSocket API, which this function is for: " + e.getMessage(), e);
    }
  }

  private Event event() throws MismatchException {
    RequestContext request = requestContext;
    return switch (request.eventType) {
      case "CONNECT" ->
          new Event.Connect(
              connection(),
              request.requestId,
              request.requestTimeEpoch,
              there(multiValueHeaders, "multiValueHeaders"),
              multiValueQueryStringParameters.orElse(Map.of()));
      case "MESSAGE" ->
          new Event.Message(
              connection(),
              request.routeKey,
              request.requestId,
              request.requestTimeEpoch,
              there(request.messageId, "requestContext.messageId"),
              text());
      case "DISCONNECT" ->
          new Event.Disconnect(
              connection(),
              request.requestId,
              request.requestTimeEpoch,
              request.disconnectStatusCode.orElse(ABNORMAL),
              request.disconnectReason.orElse(""));
      default ->
          throw new MismatchException(
              "requestContext.eventType: '" + request.eventType + "' is neither CONNECT, MESSAGE nor DISCONNECT");
    };
  }

  private ConnectionContext connection() {
    RequestContext request = requestContext;
    Map<String, String> authorizer = new LinkedHashMap<>();
    request.authorizer.orElse(Map.of()).forEach((name, value) -> authorizer.put(name, String.valueOf(value)));
    return new ConnectionContext(
        request.connectionId,
        request.connectedAt,
        request.identity.sourceIp,
        request.identity.userAgent,
        request.domainName,
        request.stage,
        request.apiId,
        authorizer);
  }

  private String text() throws MismatchException {
    if (isBase64Encoded) {
      throw new MismatchException("isBase64Encoded: a binary message, which WebSocket APIs do not support");
    }
    return there(body, "body");
  }

  private static <T> T there(Optional<T> member, String name) throws MismatchException {
    return member.orElseThrow(() -> new MismatchException(name + ": missing"));
  }
}
