package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.MessageIds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the JSON that API Gateway's proxy integration passes to a function. Redundant members are not read: {@code
 * headers} and {@code queryStringParameters} (the multi-value forms), {@code extendedRequestId} ({@code requestId}),
 * {@code requestTime} ({@code requestTimeEpoch}), {@code messageDirection} (always {@code IN}), and the headers of a
 * disconnect ({@code Host} is {@code domainName}, the others are empty).
 *
 * <p>API Gateway omits the {@code body} of an empty message.
 *
 * <p>A disconnect needs only the id of its connection: its handler must run, because nothing else cleans up. A member
 * that is missing or has another type then becomes an empty text, the status 1006, or 0 for the time of the connection.
 *
 * <p>Source: API Gateway developer guide, "Set up WebSocket API integration requests", and recorded events.
 */
final class ProxyEvent {
  /** The status of a connection that ended without a close frame (RFC 6455, section 7.1.5). */
  private static final long ABNORMAL = 1006;

  private static final String DISCONNECT_KEY = "$disconnect";

  private final Members event;
  private final Members request;

  private ProxyEvent(Members event) throws MismatchException {
    this.event = event;
    request = event.object("requestContext");
  }

  /**
   * Reads one event.
   *
   * @throws IllegalArgumentException if the text is not such an event; the message names the place
   */
  static Event read(String text, RecordCodec json) {
    try {
      return new ProxyEvent(Members.of(text, json)).event();
    } catch (MismatchException e) {
      throw new IllegalArgumentException(
          "the input is not an event of an API Gateway WebSocket API, which this function handles: "
              + e.getMessage(),
          e);
    }
  }

  private Event event() throws MismatchException {
    Optional<String> type = request.optionalText("eventType");
    if (type.equals(Optional.of("DISCONNECT")) || request.textOrEmpty("routeKey").equals(DISCONNECT_KEY)) {
      return disconnect();
    }
    String routeKey = request.text("routeKey");
    String requestId = request.text("requestId");
    long time = request.number("requestTimeEpoch");
    ConnectionContext connection = connection();
    return switch (request.text("eventType")) {
      case "CONNECT" ->
          new Event.Connect(
              connection,
              requestId,
              time,
              event.object("multiValueHeaders").textLists(),
              event.optionalObject("multiValueQueryStringParameters").textLists());
      case "MESSAGE" ->
          new Event.Message(
              connection, routeKey, MessageIds.of(requestId, request.text("messageId")), time, text());
      default ->
          throw new MismatchException(
              "requestContext.eventType: '" + request.text("eventType")
                  + "' is neither CONNECT, MESSAGE nor DISCONNECT");
    };
  }

  private Event disconnect() throws MismatchException {
    Members identity = request.objectOrEmpty("identity");
    String id = request.text("connectionId");
    long time = request.numberOr("requestTimeEpoch", 0);
    long status = request.numberOr("disconnectStatusCode", ABNORMAL);
    return new Event.Disconnect(
        new ConnectionContext(
            id,
            request.numberOr("connectedAt", 0),
            identity.textOrEmpty("sourceIp"),
            Optional.of(identity.textOrEmpty("userAgent")).filter(agent -> !agent.isEmpty()),
            request.textOrEmpty("domainName"),
            request.textOrEmpty("stage"),
            request.textOrEmpty("apiId"),
            authorizer(request.objectOrEmpty("authorizer"))),
        request.textOrEmpty("requestId"),
        time,
        (int) (status == (int) status ? status : ABNORMAL),
        request.textOrEmpty("disconnectReason"));
  }

  private ConnectionContext connection() throws MismatchException {
    Members identity = request.object("identity");
    return new ConnectionContext(
        request.text("connectionId"),
        request.number("connectedAt"),
        identity.text("sourceIp"),
        identity.optionalText("userAgent"),
        request.text("domainName"),
        request.text("stage"),
        request.text("apiId"),
        authorizer(request.optionalObject("authorizer")));
  }

  private static Map<String, String> authorizer(Members members) {
    Map<String, String> authorizer = new LinkedHashMap<>();
    members.all().forEach((name, value) -> {
      if (value != null) {
        authorizer.put(String.valueOf(name), String.valueOf(value));
      }
    });
    return authorizer;
  }

  private String text() throws MismatchException {
    if (event.optionalBool("isBase64Encoded").orElse(false)) {
      throw new MismatchException("isBase64Encoded: a binary message, which WebSocket APIs do not support");
    }
    return event.optionalText("body").orElse("");
  }
}
