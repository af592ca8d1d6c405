package dev.pinion;

import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.JsonCodec;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A request to an {@link HttpApi}, as API Gateway passes it on (payload format 2.0). It stays valid after the handler
 * has returned. Any thread.
 *
 * <p>Source: API Gateway developer guide, "Create AWS Lambda proxy integrations for HTTP APIs".
 */
public final class HttpCall {
  private final HttpEvent event;
  private final JsonCodec json;

  /** Creates the request of an event; for platforms and tests. */
  public HttpCall(HttpEvent event, JsonCodec json) {
    this.event = event;
    this.json = json;
  }

  /** The method, such as {@code POST}. */
  public String method() {
    return event.method();
  }

  /** The path, decoded, such as {@code /orders/7}. */
  public String path() {
    return event.path();
  }

  /**
   * Returns the value of a variable of the route's path, decoded.
   *
   * @param variable its name, without braces and {@code +}
   * @throws IllegalArgumentException if the route has no such variable; the message lists those that it has
   */
  public String path(String variable) {
    String value = event.pathParameters().get(variable);
    if (value != null) return value;
    throw new IllegalArgumentException(
        Callers.location() + ": the route '" + routeKey() + "' has no variable '" + variable + "' in its path: it has "
            + (event.pathParameters().isEmpty() ? "none" : String.join(", ", event.pathParameters().keySet())));
  }

  /** The key of the route, such as <code>GET /orders/{id}</code>. */
  public String routeKey() {
    return event.routeKey();
  }

  /** Returns the first value of a query parameter, decoded. */
  public Optional<String> query(String name) {
    List<String> values = query().get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** Returns the query parameters with all their values, decoded; empty without a query. */
  public Map<String, List<String>> query() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String part : event.rawQuery().split("&", -1)) {
      if (part.isEmpty()) continue;
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      parameters.computeIfAbsent(name, _ -> new ArrayList<>(1))
          .add(equals < 0 ? "" : decoded(part.substring(equals + 1)));
    }
    return Collections.unmodifiableMap(parameters);
  }

  /** The query as the client sent it, without the question mark; empty without one. */
  public String rawQuery() {
    return event.rawQuery();
  }

  private static String decoded(String text) {
    try {
      return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /** Returns a header; several of the same name are joined by commas. The name is not case-sensitive. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(event.headers().get(HttpEvent.lowerCase(name)));
  }

  /** The headers, with names in lower case; without {@code cookie}. */
  public Map<String, String> headers() {
    return event.headers();
  }

  /** Returns the value of a cookie, as the client sent it. */
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies().get(name));
  }

  /** The cookies by name, as the client sent them; if a name occurs twice, the first one wins. */
  public Map<String, String> cookies() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String cookie : event.cookies()) {
      int equals = cookie.indexOf('=');
      if (equals > 0) all.putIfAbsent(cookie.substring(0, equals).strip(), cookie.substring(equals + 1).strip());
    }
    return Collections.unmodifiableMap(all);
  }

  /** The body as text, which is read as UTF-8; empty without a body. */
  public String body() {
    return event.body().text();
  }

  /** The bytes of the body; empty without a body. The array is the caller's. */
  public byte[] bytes() {
    return event.body().copy();
  }

  /**
   * Reads the body as JSON.
   *
   * @param type a record, or any other type that messages support
   * @throws UnreadableBodyException if the body does not fit the type; if the handler lets it pass, the client gets 400
   * @throws IllegalArgumentException if the type is not supported
   */
  public <T> T json(Class<T> type) {
    try {
      return json.read(body(), type);
    } catch (JsonCodec.MismatchException e) {
      throw new UnreadableBodyException(String.valueOf(e.getMessage()), e);
    } catch (dev.pinion.spi.UnsupportedTypeException e) {
      throw new IllegalArgumentException(Callers.location() + ": " + e.getMessage(), e);
    }
  }

  /** The client's address. */
  public String sourceIp() {
    return event.context().sourceIp();
  }

  /** The client's {@code User-Agent}; empty if it sent none. */
  public Optional<String> userAgent() {
    return event.context().userAgent();
  }

  /** API Gateway's id of the request, which the client gets as the header {@code apigw-requestid}. */
  public String requestId() {
    return event.context().requestId();
  }

  /** When the request reached API Gateway. */
  public Instant time() {
    return Instant.ofEpochMilli(event.context().timeEpoch());
  }

  /** The host that the client asked, without a port on AWS. */
  public String domainName() {
    return event.context().domainName();
  }

  /**
   * The values that the API's authorizer returned, such as the claims of a JWT; numbers and booleans as JSON text.
   * Empty without an authorizer, and so always on the developer's machine.
   */
  public Map<String, String> authorizer() {
    return event.context().authorizer();
  }

  @Override
  public String toString() {
    return method() + " " + path();
  }
}
