package dev.pinion.engine;

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
        if (each.strip().equalsIgnoreCase(member)) {
          return true;
        }
      }
    }
    return false;
  }
}
