package dev.pinion.spi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The key of a route of an HTTP API, such as <code>GET /orders/{id}</code>, <code>ANY /files/{path+}</code> or {@code
 * $default}.
 *
 * <p>Source: API Gateway developer guide, "Create routes for HTTP APIs".
 *
 * @param method the method or {@code ANY}; {@code $default} for the route of that key
 * @param segments the parts of the path between slashes; one that is empty for {@code /}, none for {@code $default}
 */
public record HttpRouteKey(String method, List<String> segments) {
  /** The key of the route for requests that no other one matches. */
  public static final String DEFAULT = "$default";

  /** The method of a route for all methods. */
  public static final String ANY = "ANY";

  private static final Set<String> METHODS =
      Set.of(ANY, "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "DELETE");
  private static final int LONGEST = 128;

  public HttpRouteKey {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException if API Gateway would refuse it; the message says what to write instead
   */
  public static HttpRouteKey parse(String key) {
    if (key.equals(DEFAULT)) return new HttpRouteKey(DEFAULT, List.of());
    if (key.length() > LONGEST) throw new IllegalArgumentException("use 128 characters at most");
    int space = key.indexOf(' ');
    String method = space < 0 ? key : key.substring(0, space);
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException(
          "use a method and a path, such as GET /orders/{id}; a method is GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"
              + " or ANY");
    }
    String path = space < 0 ? "" : key.substring(space + 1);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("after the method and one space, use a path that begins with a slash");
    }
    List<String> segments = List.of(path.substring(1).split("/", -1));
    check(segments);
    return new HttpRouteKey(method, segments);
  }

  private static void check(List<String> segments) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      if (segment.isEmpty() && !last) throw new IllegalArgumentException("two slashes follow each other: remove one");
      if (segment.indexOf('{') < 0 && segment.indexOf('}') < 0) {
        if (!segment.matches("[A-Za-z0-9._~!$&'()*+,;=:@-]*")) {
          throw new IllegalArgumentException(
              "'" + segment
                  + "' has a character that a path has not: write variables as {name}, and leave out queries");
        }
        continue;
      }
      if (!segment.matches("\\{[A-Za-z0-9._-]+\\+?}")) {
        throw new IllegalArgumentException(
            "'" + segment + "' is not a variable: use {name} or {name+} for all between two slashes, with a name of"
                + " a-z, A-Z, 0-9, '.', '_' and '-'");
      }
      if (isGreedy(segment) && !last) {
        throw new IllegalArgumentException("'" + segment + "' matches all that follows: move it to the end");
      }
      if (!names.add(name(segment))) {
        throw new IllegalArgumentException("the variable '" + name(segment) + "' occurs twice: rename one of them");
      }
    }
  }

  /** Returns whether it is the key of the route for requests that no other one matches. */
  public boolean isDefault() {
    return segments.isEmpty();
  }

  /** Returns whether the path ends in a variable that matches all that follows. */
  public boolean isGreedy() {
    return !isDefault() && isGreedy(segments.getLast());
  }

  private static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  /** Returns whether a segment is a variable. */
  public static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  /** Returns the name of a segment that is a variable. */
  public static String name(String segment) {
    return segment.substring(1, segment.length() - (isGreedy(segment) ? 2 : 1));
  }

  /** Returns the key without the names of variables: two routes with the same one match the same requests. */
  public String shape() {
    List<String> shape = new ArrayList<>();
    for (String each : segments) shape.add(!isVariable(each) ? each : isGreedy(each) ? "{+}" : "{}");
    return method + " /" + String.join("/", shape);
  }
}
