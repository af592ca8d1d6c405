package dev.pinion.lambdahandler;

import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes an event of this machine's gateway as API Gateway writes its own.
 *
 * <p>Source: API Gateway developer guide, "Set up WebSocket API integration requests", and recorded events.
 */
final class LocalEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private LocalEvent() {}

  static String of(Event event, JsonCodec json) {
    Map<String, Object> members = new LinkedHashMap<>();
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("routeKey", event.routeKey());
    switch (event) {
      case Event.Connect connect -> {
        request.put("eventType", "CONNECT");
        values(members, "headers", "multiValueHeaders", connect.headers());
        if (!connect.queryStringParameters().isEmpty()) {
          values(
              members, "queryStringParameters", "multiValueQueryStringParameters", connect.queryStringParameters());
        }
      }
      case Event.Message message -> {
        request.put("eventType", "MESSAGE");
        request.put("messageId", message.messageId());
      }
      case Event.Authorize _ -> throw new IllegalArgumentException("an authorizer is no handler of a route");
      case Event.Disconnect disconnect -> {
        request.put("eventType", "DISCONNECT");
        request.put("disconnectStatusCode", disconnect.disconnectStatusCode());
        request.put("disconnectReason", disconnect.disconnectReason());
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Host", List.of(event.connection().domainName()));
        for (String name : List.of("x-api-key", "X-Forwarded-For", "x-restapi")) {
          headers.put(name, List.of(""));
        }
        values(members, "headers", "multiValueHeaders", headers);
      }
    }
    request(request, event);
    members.put("requestContext", request);
    if (event instanceof Event.Message message && !message.body().isEmpty()) members.put("body", message.body());
    members.put("isBase64Encoded", false);
    return json.write(members);
  }

  /** Writes all values, and of each name the last one. */
  private static void values(
      Map<String, Object> members, String single, String multiple, Map<String, List<String>> values) {
    Map<String, String> last = new LinkedHashMap<>();
    values.forEach((name, all) -> last.put(name, all.getLast()));
    members.put(single, last);
    members.put(multiple, values);
  }

  private static void request(Map<String, Object> request, Event event) {
    ConnectionContext connection = event.connection();
    request.put("extendedRequestId", event.requestId());
    request.put("requestTime", TIME.format(Instant.ofEpochMilli(event.requestTimeEpoch())));
    request.put("messageDirection", "IN");
    request.put("stage", connection.stage());
    request.put("connectedAt", connection.connectedAt());
    request.put("requestTimeEpoch", event.requestTimeEpoch());
    Map<String, String> identity = new LinkedHashMap<>();
    connection.userAgent().ifPresent(agent -> identity.put("userAgent", agent));
    identity.put("sourceIp", connection.sourceIp());
    request.put("identity", identity);
    request.put("requestId", event.requestId());
    request.put("domainName", connection.domainName());
    request.put("connectionId", connection.connectionId());
    request.put("apiId", connection.apiId());
    if (!connection.authorizer().isEmpty()) request.put("authorizer", connection.authorizer());
  }
}
