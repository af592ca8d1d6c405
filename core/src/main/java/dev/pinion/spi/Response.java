package dev.pinion.spi;

import java.util.Map;
import java.util.Optional;

/**
 * What a function answers API Gateway.
 *
 * <p>On {@code $connect} a status of 2xx lets the client in and any other is what the client gets instead; of the
 * headers only {@code Sec-WebSocket-Protocol} reaches the client. On other routes the body is sent to the client if the
 * route has a route response, and is dropped otherwise.
 *
 * @param statusCode an HTTP status, 100 to 599
 * @param headers the answer's headers
 * @param body what the client is sent on a route with a route response
 */
public record Response(int statusCode, Map<String, String> headers, Optional<String> body) {

  /** Status 200 and nothing else. */
  public static final Response OK = status(200);

  public Response {
    headers = Map.copyOf(headers);
  }

  /** An answer of a status alone. */
  public static Response status(int statusCode) {
    return new Response(statusCode, Map.of(), Optional.empty());
  }

  /** Status 200 with a body for the client. */
  public static Response reply(String body) {
    return new Response(200, Map.of(), Optional.of(body));
  }

  /** Whether the status is 2xx. */
  public boolean successful() {
    return statusCode >= 200 && statusCode < 300;
  }
}
