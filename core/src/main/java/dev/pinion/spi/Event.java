package dev.pinion.spi;

import java.util.List;
import java.util.Map;

/**
 * One event that API Gateway passes to a function. {@link Dispatcher} calls the handler for it.
 *
 * <p>Source: API Gateway developer guide, "Integration requests in WebSocket APIs", and recorded events.
 */
public sealed interface Event {

  /** The connection of the event, as its handshake determined it. */
  ConnectionContext connection();

  /**
   * The key of the matching route; {@code $default} if no other route matches, {@code $authorize} for an authorizer.
   */
  String routeKey();

  /** API Gateway's id of this request, equal to its {@code extendedRequestId}. */
  String requestId();

  /** When the event reached API Gateway, in milliseconds since the epoch. */
  long requestTimeEpoch();

  /**
   * A client asks to connect. The status of the answer decides.
   *
   * @param headers the headers of the handshake in their order, with names as the client wrote them, and all values
   * @param queryStringParameters the query parameters with all their values, decoded; empty without a query
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

    /** Returns a copy whose connection has the values that the authorizer has returned. */
    public Connect authorized(Map<String, String> values) {
      return new Connect(
          connection.authorized(values), requestId, requestTimeEpoch, headers, queryStringParameters);
    }
  }

  /**
   * A client asks to connect, and the API has an authorizer, which decides before the handler of {@code $connect} does.
   *
   * @param request the handshake
   */
  record Authorize(Connect request) implements Event {
    /** In place of a route's key, which an authorizer does not have. */
    public static final String KEY = "$authorize";

    @Override
    public ConnectionContext connection() {
      return request.connection();
    }

    @Override
    public String routeKey() {
      return KEY;
    }

    @Override
    public String requestId() {
      return request.requestId();
    }

    @Override
    public long requestTimeEpoch() {
      return request.requestTimeEpoch();
    }
  }

  /**
   * A client sent a text message.
   *
   * @param ids the ids of the request and of the message
   * @param body the message, as the client sent it
   */
  record Message(
      ConnectionContext connection,
      String routeKey,
      MessageIds ids,
      long requestTimeEpoch,
      String body)
      implements Event {
    @Override
    public String requestId() {
      return ids.requestId();
    }

    /** Returns API Gateway's id of the message. */
    public String messageId() {
      return ids.messageId();
    }
  }

  /**
   * A connection has ended.
   *
   * @param disconnectStatusCode the close code; 1005 if the client's close frame had none
   * @param disconnectReason the close reason, in API Gateway's wording
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
