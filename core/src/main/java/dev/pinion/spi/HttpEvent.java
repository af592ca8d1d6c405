package dev.pinion.spi;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that API Gateway passes from an HTTP API to a function. {@link Dispatcher} calls the handler for it.
 *
 * <p>Source: API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs", payload format 2.0.
 *
 * @param routeKey the key of the matching route
 * @param method the method
 * @param path the path, decoded
 * @param rawQuery the query as sent, without the question mark; empty without one
 * @param headers the headers with names in lower case, several of one name joined by commas, without the cookies; in
 *     their order
 * @param cookies the cookies, each as {@code name=value}
 * @param pathParameters the values of the variables of the route's path, decoded, in their order
 * @param body the body
 */
public record HttpEvent(
    String routeKey,
    String method,
    String path,
    String rawQuery,
    Map<String, String> headers,
    List<String> cookies,
    Map<String, String> pathParameters,
    HttpBody body,
    Context context) {
  public HttpEvent {
    headers = Collections.unmodifiableMap(headers);
    pathParameters = Collections.unmodifiableMap(pathParameters);
    cookies = List.copyOf(cookies);
  }

  /**
   * What API Gateway adds to a request.
   *
   * @param requestId its id of the request
   * @param timeEpoch when the request reached it, in milliseconds since the epoch
   * @param sourceIp the client's address
   * @param userAgent the client's {@code User-Agent}; empty if it sent none
   * @param domainName the host that the client asked, without a port on AWS
   * @param authorizer the values that the API's authorizer returned, numbers and booleans as JSON text; empty without
   *     an authorizer
   */
  public record Context(
      String requestId, long timeEpoch, String sourceIp, Optional<String> userAgent, String domainName,
      Map<String, String> authorizer) {
    public Context {
      authorizer = Collections.unmodifiableMap(authorizer);
    }
  }

  /** Returns the name of a header as events have it. */
  public static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
