package dev.pinion.lambda;

import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events as API Gateway's proxy integration writes them. */
final class StandInEvents {
  private StandInEvents() {}

  static Map<String, Object> of(Event event) {
    Map<String, Object> context = context(event);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("requestContext", context);
    members.put("isBase64Encoded", false);
    switch (event) {
      case Event.Connect connect -> {
        context.put("eventType", "CONNECT");
        members.put("multiValueHeaders", connect.headers());
        members.put("headers", first(connect.headers()));
        if (!connect.queryStringParameters().isEmpty()) {
          members.put("multiValueQueryStringParameters", connect.queryStringParameters());
          members.put("queryStringParameters", first(connect.queryStringParameters()));
        }
      }
      case Event.Message message -> {
        context.put("eventType", "MESSAGE");
        context.put("messageId", message.messageId());
        members.put("body", message.body());
      }
      case Event.Disconnect end -> {
        context.put("eventType", "DISCONNECT");
        context.put("disconnectStatusCode", end.disconnectStatusCode());
        context.put("disconnectReason", end.disconnectReason());
      }
      case Event.Authorize _ -> throw new IllegalArgumentException("its request is the event");
    }
    return members;
  }

  private static Map<String, Object> context(Event event) {
    ConnectionContext connection = event.connection();
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("routeKey", event.routeKey());
    context.put("requestId", event.requestId());
    context.put("requestTimeEpoch", event.requestTimeEpoch());
    context.put("stage", connection.stage());
    context.put("connectedAt", connection.connectedAt());
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("sourceIp", connection.sourceIp());
    connection.userAgent().ifPresent(agent -> identity.put("userAgent", agent));
    context.put("identity", identity);
    context.put("domainName", connection.domainName());
    context.put("connectionId", connection.connectionId());
    context.put("apiId", connection.apiId());
    if (!connection.authorizer().isEmpty()) context.put("authorizer", connection.authorizer());
    return context;
  }

  private static Map<String, String> first(Map<String, List<String>> values) {
    Map<String, String> first = new LinkedHashMap<>();
    values.forEach((name, all) -> first.put(name, all.getLast()));
    return first;
  }
}
