package dev.pinion.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** An HTTP response. Immutable. */
public final class HttpResponse {
  private final int status;
  private final Map<String, String> headers;
  private final List<String> cookies;
  private final byte[] body;

  private HttpResponse(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.cookies = cookies;
    this.body = body;
  }

  /**
   * Returns a response with headers that the caller has checked for line breaks, and with values of {@code set-cookie}.
   * Nothing is copied.
   */
  public static HttpResponse of(int status, Map<String, String> headers, List<String> cookies, byte[] body) {
    return new HttpResponse(status, headers, cookies, body);
  }

  /** Returns a response with a text, sent as UTF-8. */
  public static HttpResponse of(int status, String contentType, String body) {
    return new HttpResponse(status, Map.of("content-type", contentType), List.of(), body.getBytes(UTF_8));
  }

  /** Returns a response with bytes, which are copied. */
  public static HttpResponse of(int status, String contentType, byte[] body) {
    return new HttpResponse(status, Map.of("content-type", contentType), List.of(), body.clone());
  }

  /** Returns a status without headers or body. */
  public static HttpResponse of(int status) {
    return new HttpResponse(status, Map.of(), List.of(), new byte[0]);
  }

  /**
   * Returns this response with one more header.
   *
   * @throws IllegalArgumentException when the header holds a line break
   */
  public HttpResponse header(String name, String value) {
    if (breaksLine(name) || breaksLine(value)) {
      throw new IllegalArgumentException("A header cannot hold a line break: " + name);
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, cookies, body);
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The headers, without those that say how the body is framed. */
  public Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  /** The bytes on the wire. */
  byte[] encode(boolean keepAlive, boolean withBody) {
    StringBuilder head = new StringBuilder(128);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    cookies.forEach(each -> head.append("set-cookie: ").append(each).append("\r\n"));
    if (status >= 200 && status != 204 && status != 304) {
      head.append("content-length: ").append(body.length).append("\r\n");
    }
    if (!keepAlive && status >= 200) {
      head.append("connection: close\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
    if (!withBody || body.length == 0) {
      return start;
    }
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  private static boolean breaksLine(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
  }

  /** Returns the phrase for a status; {@code Status} for one that is not listed here. */
  public static String reason(int status) {
    return switch (status) {
      case 100 -> "Continue";
      case 101 -> "Switching Protocols";
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 205 -> "Reset Content";
      case 206 -> "Partial Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Status";
    };
  }
}
