package dev.pinion.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request (RFC 9112).
 *
 * @param method the method, such as {@code GET}
 * @param path the target's path as sent, not decoded
 * @param query the target's query as sent, without the question mark; empty without one
 * @param headers the headers in their order, each name as the client wrote it first, with all its values
 * @param body the body, read as UTF-8
 */
public record HttpRequest(
    String method, String path, String query, Map<String, List<String>> headers, String body) {

  /** Returns the first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** Returns all values of a header, whatever the case of its name. */
  public List<String> values(String name) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue();
      }
    }
    return List.of();
  }

  /** Returns whether a header that is a comma-separated list has a member, whatever its case. */
  public boolean lists(String name, String member) {
    for (String value : values(name)) {
      for (String each : value.split(",", -1)) {
        if (trim(each).equalsIgnoreCase(member)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns this request with another {@code Host}, as the absolute form of its target names one. */
  HttpRequest addressedTo(String authority) {
    Map<String, List<String>> changed = new LinkedHashMap<>();
    headers.forEach((name, values) -> changed.put(name, name.equalsIgnoreCase("Host") ? List.of(authority) : values));
    return new HttpRequest(method, path, query, changed, body);
  }

  /** Removes the spaces and tabs around a value, which are all that RFC 9110 allows there (section 5.6.3). */
  static String trim(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
