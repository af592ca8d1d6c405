package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.util.LinkedHashMap;
import java.util.Map;

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
final class ProxyEvent {
  /** The connection is gone without a close frame (RFC 6455, section 7.1.5). */
  private static final long ABNORMAL = 1006;

  private final Members event;
  private final Members request;

  private ProxyEvent(Members event) throws MismatchException {
    this.event = event;
    request = event.object("requestContext");
  }

  /**
   * Reads one event.
   *
   * @throws IllegalArgumentException for another text; the message names the place
   */
  static Event read(String text, RecordCodec json) {
    try {
      return new ProxyEvent(Members.of(text, json)).event();
    } catch (MismatchException e) {
      throw new IllegalArgumentException(
          "not an event of an API Gateway WebSocket API, which this function is for: " + e.getMessage(), e);
    }
  }

  private Event event() throws MismatchException {
    String routeKey = request.text("routeKey");
    String type = request.text("eventType");
    String requestId = request.text("requestId");
    long time = request.number("requestTimeEpoch");
    ConnectionContext connection = connection();
    return switch (type) {
      case "CONNECT" ->
          new Event.Connect(
              connection,
              requestId,
              time,
              event.object("multiValueHeaders").textLists(),
              event.optionalObject("multiValueQueryStringParameters").textLists());
      case "MESSAGE" ->
          new Event.Message(connection, routeKey, requestId, time, request.text("messageId"), text());
      case "DISCONNECT" ->
          new Event.Disconnect(
              connection,
              requestId,
              time,
              Math.toIntExact(request.optionalNumber("disconnectStatusCode").orElse(ABNORMAL)),
              request.optionalText("disconnectReason").orElse(""));
      default ->
          throw new MismatchException(
              "requestContext.eventType: '" + type + "' is neither CONNECT, MESSAGE nor DISCONNECT");
    };
  }

  private ConnectionContext connection() throws MismatchException {
    Members identity = request.object("identity");
    Map<String, String> authorizer = new LinkedHashMap<>();
    request.optionalObject("authorizer").all().forEach((name, value) -> {
      if (value != null) {
        authorizer.put(String.valueOf(name), String.valueOf(value));
      }
    });
    return new ConnectionContext(
        request.text("connectionId"),
        request.number("connectedAt"),
        identity.text("sourceIp"),
        identity.optionalText("userAgent"),
        request.text("domainName"),
        request.text("stage"),
        request.text("apiId"),
        authorizer);
  }

  private String text() throws MismatchException {
    if (event.bool("isBase64Encoded")) {
      throw new MismatchException("isBase64Encoded: a binary message, which WebSocket APIs do not support");
    }
    return event.text("body");
  }
}
