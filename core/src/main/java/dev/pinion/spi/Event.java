package dev.pinion.spi;

import java.util.List;
import java.util.Map;

/**
 * One event that API Gateway hands to a function: what {@link Dispatcher} turns into the call of a handler.
 *
 * <p>Source: API Gateway developer guide, "Integration requests in WebSocket APIs", and recorded events.
 */
public sealed interface Event {

  /** What the event's connection was given at its handshake. */
  ConnectionContext connection();

  /** The key of the route that matched; {@code $default} on fallback. */
  String routeKey();

  /** API Gateway's id of this request, the same as its {@code extendedRequestId}. */
  String requestId();

  /** When the event reached API Gateway, in milliseconds since the epoch. */
  long requestTimeEpoch();

  /**
   * A client asks to connect; the answer's status decides.
   *
   * @param headers the handshake's headers in their order, each name as the client wrote it, with all its values
   * @param queryStringParameters the query's parameters with all their values, decoded; empty without a query
   */
  record Connect(
      ConnectionContext connection,
      String requestId,
      long requestTimeEpoch,
      Map<String, List<String>> headers,
      Map<String, List<String>> queryStringParameters)
      implements Event {
    @Override
    public String routeKey() {
      return "$connect";
    }
  }

  /**
   * A client sent a text message.
   *
   * @param messageId API Gateway's id of the message
   * @param body the message, as the client sent it
   */
  record Message(
      ConnectionContext connection,
      String routeKey,
      String requestId,
      long requestTimeEpoch,
      String messageId,
      String body)
      implements Event {}

  /**
   * A connection has ended.
   *
   * @param disconnectStatusCode the close status, 1005 when the client's close frame had none
   * @param disconnectReason the close reason, as API Gateway words it
   */
  record Disconnect(
      ConnectionContext connection,
      String requestId,
      long requestTimeEpoch,
      int disconnectStatusCode,
      String disconnectReason)
      implements Event {
    @Override
    public String routeKey() {
      return "$disconnect";
    }
  }
}
