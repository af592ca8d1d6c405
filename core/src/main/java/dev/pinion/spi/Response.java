package dev.pinion.spi;

import java.util.Map;
import java.util.Optional;

/**
 * The answer of a function to API Gateway.
 *
 * <p>On {@code $connect}, a status of 2xx accepts the client, and the client gets any other status as the answer to its
 * handshake. The only header that reaches the client is {@code Sec-WebSocket-Protocol}. On other routes, the body is
 * sent to the client if the route has a route response, and is dropped otherwise.
 *
 * @param statusCode an HTTP status, 100 to 599
 * @param headers the headers of the answer
 * @param body the text for the client, on a route with a route response
 */
public record Response(int statusCode, Map<String, String> headers, Optional<String> body) {

  /** An answer with status 200, without headers and body. */
  public static final Response OK = status(200);

  public Response {
    headers = Map.copyOf(headers);
  }

  /** Creates an answer that has only a status. */
  public static Response status(int statusCode) {
    return new Response(statusCode, Map.of(), Optional.empty());
  }

  /** Creates an answer with status 200 and a body for the client. */
  public static Response reply(String body) {
    return new Response(200, Map.of(), Optional.of(body));
  }

  /** Whether the status is 2xx. */
  public boolean successful() {
    return statusCode >= 200 && statusCode < 300;
  }
}
