package dev.pinion.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer of a function to an HTTP API.
 *
 * @param statusCode an HTTP status, 200 to 599
 * @param headers the headers, with names in lower case
 * @param cookies the values of the {@code Set-Cookie} headers
 * @param body the body
 */
public record HttpAnswer(int statusCode, Map<String, String> headers, List<String> cookies, HttpBody body) {
  private static final Map<String, String> JSON = Map.of("content-type", "application/json");

  public HttpAnswer {
    headers = Collections.unmodifiableMap(headers);
    cookies = List.copyOf(cookies);
  }

  /** Creates an answer with a JSON text. */
  static HttpAnswer json(int statusCode, String text) {
    return new HttpAnswer(statusCode, JSON, List.of(), HttpBody.of(text));
  }

  /** Returns this answer with other headers too, in place of those of the same names. */
  public HttpAnswer with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new HttpAnswer(statusCode, all, cookies, body);
  }
}
