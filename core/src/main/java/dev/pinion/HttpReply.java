package dev.pinion;

import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.JsonCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reply to a request to an {@link HttpApi}: {@code HttpReply.status(201).header("location", url).json(order)}.
 * Immutable.
 */
public final class HttpReply {
  private static final String CONTENT_TYPE = "content-type";
  private static final String TOKEN_SIGNS = "!#$%&'*+.^_`|~-";
  /** What API Gateway sets itself, or connections need. */
  private static final Set<String> RESERVED =
      Set.of("connection", "content-length", "date", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

  private final int statusCode;
  private final Map<String, String> headers;
  private final List<String> cookies;
  private final Optional<Object> body;

  private HttpReply(int statusCode, Map<String, String> headers, List<String> cookies, Optional<Object> body) {
    this.statusCode = statusCode;
    this.headers = headers;
    this.cookies = cookies;
    this.body = body;
  }

  /**
   * Creates a reply that has only a status.
   *
   * @param code 200 to 599
   */
  public static HttpReply status(int code) {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("a reply has a status of 200 to 599, not " + code);
    }
    return new HttpReply(code, Map.of(), List.of(), Optional.empty());
  }

  /** Creates a reply with status 200. */
  public static HttpReply ok() {
    return status(200);
  }

  /** Creates a reply with status 204, which has no body. */
  public static HttpReply noContent() {
    return status(204);
  }

  /** Returns this reply with a value as JSON; {@code content-type} is {@code application/json} unless it is set. */
  public HttpReply json(Object value) {
    return typed("application/json").with(value instanceof CharSequence text ? new Quoted(text.toString()) : value);
  }

  /** Returns this reply with a text; {@code content-type} is {@code text/plain; charset=utf-8} unless it is set. */
  public HttpReply text(String text) {
    return typed("text/plain; charset=utf-8").with(HttpBody.of(text));
  }

  /**
   * Returns this reply with bytes, which are copied; {@code content-type} is {@code application/octet-stream} unless it
   * is set.
   */
  public HttpReply bytes(byte[] bytes) {
    return typed("application/octet-stream").with(HttpBody.of(bytes.clone()));
  }

  /** A text that is written as a JSON string. */
  private record Quoted(String text) {}

  private HttpReply typed(String contentType) {
    return headers.containsKey(CONTENT_TYPE) ? this : withHeader(CONTENT_TYPE, contentType);
  }

  private HttpReply with(Object content) {
    return new HttpReply(statusCode, headers, cookies, Optional.of(content));
  }

  /**
   * Returns this reply with one more value of a header that is a list, such as {@code vary} or {@code link}. In an
   * answer of a function, each name has one text, so the values are joined by a comma and a space.
   *
   * @throws IllegalArgumentException as {@link #header}
   */
  public HttpReply addHeader(String name, String value) {
    String before = headers.get(dev.pinion.spi.HttpEvent.lowerCase(name));
    return header(name, before == null ? value : before + ", " + value);
  }

  /**
   * Returns this reply with a header, in place of one of the same name, which is not case-sensitive.
   *
   * @throws IllegalArgumentException for a malformed header, for {@code set-cookie}, and for headers that API Gateway
   *     sets itself, such as {@code content-length}
   */
  public HttpReply header(String name, String value) {
    String lower = dev.pinion.spi.HttpEvent.lowerCase(name);
    if (!isToken(name) || !isText(value, true)) {
      throw new IllegalArgumentException("the header '" + name + "' has a character that headers do not have: use ASCII"
          + " without line breaks");
    }
    if (lower.equals("set-cookie")) throw new IllegalArgumentException("set cookies with HttpReply.cookie");
    if (RESERVED.contains(lower)) {
      throw new IllegalArgumentException("the header '" + name + "' is set by API Gateway: leave it out");
    }
    return withHeader(lower, value);
  }

  private HttpReply withHeader(String lower, String value) {
    if (headers.isEmpty()) return new HttpReply(statusCode, Map.of(lower, value), cookies, body);
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(lower, value);
    return new HttpReply(statusCode, Collections.unmodifiableMap(more), cookies, body);
  }

  private static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!alphanumeric && TOKEN_SIGNS.indexOf(c) < 0) return false;
    }
    return !name.isEmpty();
  }

  private static boolean isText(String value, boolean tabs) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && !(tabs && c == '\t')) || c >= 0x7F) return false;
    }
    return true;
  }

  /**
   * Returns this reply with one more {@code Set-Cookie}.
   *
   * @param cookie such as {@code session=x; HttpOnly; Secure; SameSite=Lax}
   * @throws IllegalArgumentException if it has no name, or a character that headers do not have
   */
  public HttpReply cookie(String cookie) {
    if (cookie.indexOf('=') < 1 || !isText(cookie, false)) {
      throw new IllegalArgumentException("'" + cookie + "' is not a cookie: use name=value, in ASCII");
    }
    List<String> more = new ArrayList<>(cookies);
    more.add(cookie);
    return new HttpReply(statusCode, headers, Collections.unmodifiableList(more), body);
  }

  /** The status. */
  public int statusCode() {
    return statusCode;
  }

  /** The headers, with names in lower case; without {@code set-cookie}. */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * Returns the reply as API Gateway gets it; for platforms.
   *
   * @throws dev.pinion.spi.UnsupportedTypeException if the value of {@link #json} cannot be sent
   */
  public HttpAnswer answer(JsonCodec codec) {
    HttpBody content = body.map(value -> content(value, codec)).orElse(HttpBody.EMPTY);
    boolean without = statusCode == 204 || statusCode == 304;
    return new HttpAnswer(statusCode, headers, cookies, without ? HttpBody.EMPTY : content);
  }

  private static HttpBody content(Object value, JsonCodec codec) {
    return switch (value) {
      case HttpBody content -> content;
      case Quoted(String text) -> HttpBody.of(codec.write(text));
      default -> HttpBody.of(codec.write(value));
    };
  }

  @Override
  public String toString() {
    return "reply " + statusCode;
  }
}
