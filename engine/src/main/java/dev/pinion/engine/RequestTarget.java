package dev.pinion.engine;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request's target (RFC 9112 section 3.2): a path and a query, and in the absolute form an authority.
 *
 * @param authority what the absolute form names as the server; it takes the place of {@code Host}
 * @param path the path as sent, not decoded
 * @param query the query as sent, without the question mark; empty without one
 */
record RequestTarget(Optional<String> authority, String path, String query) {
  private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

  static RequestTarget of(String text) throws RefusedException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F) {
        throw RefusedException.malformed("target with characters that a URL has not");
      } else if (c == '#') {
        throw RefusedException.malformed("target with a fragment, which clients do not send");
      }
    }
    return text.startsWith("/") ? of(Optional.empty(), text) : absolute(text);
  }

  private static RequestTarget absolute(String text) throws RefusedException {
    int start = text.indexOf("://");
    if (start < 0 || !SCHEMES.contains(text.substring(0, start).toLowerCase(Locale.ROOT))) {
      throw RefusedException.malformed("target is neither a path nor a URL");
    }
    start += 3;
    int end = start;
    while (end < text.length() && "/?".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(start, end);
    if (authority.isEmpty() || authority.indexOf('@') >= 0) {
      throw RefusedException.malformed("target without a host, or with a user");
    }
    String rest = text.substring(end);
    return of(Optional.of(authority), rest.startsWith("/") ? rest : "/" + rest);
  }

  private static RequestTarget of(Optional<String> authority, String text) {
    int mark = text.indexOf('?');
    return mark < 0
        ? new RequestTarget(authority, text, "")
        : new RequestTarget(authority, text.substring(0, mark), text.substring(mark + 1));
  }
}
