package dev.pinion.gateway;

import dev.pinion.engine.RefusedException;
import dev.pinion.spi.HttpRouteKey;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Selects the route of a request by API Gateway's precedence: routes without a greedy variable before those with one,
 * the more specific path first, then a method before {@code ANY}, and {@code $default} last. A variable matches no
 * empty segment. Immutable.
 *
 * <p>Source: API Gateway developer guide, "Routing API requests".
 */
final class HttpRouter {
  private static final Comparator<Route> PRECEDENCE = Comparator.<Route, Boolean>comparing(each -> each.key.isDefault())
      .thenComparing(each -> each.key.isGreedy())
      .thenComparing(HttpRouter::bySegments)
      .thenComparing(each -> each.key.method().equals(HttpRouteKey.ANY));

  /** In the order of precedence. */
  private final List<Route> routes;

  /** A route. */
  private record Route(String text, HttpRouteKey key) {}

  /**
   * The route of a request.
   *
   * @param key its key
   * @param variables the values of the variables of its path, decoded
   */
  record Match(String key, Map<String, String> variables) {}

  HttpRouter(Collection<String> keys) {
    routes = keys.stream().map(each -> new Route(each, HttpRouteKey.parse(each))).sorted(PRECEDENCE).toList();
  }

  private static int bySegments(Route one, Route other) {
    List<String> first = one.key.segments();
    List<String> second = other.key.segments();
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      int difference = rank(first.get(i)) - rank(second.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return second.size() - first.size();
  }

  private static int rank(String segment) {
    return !HttpRouteKey.isVariable(segment) ? 0 : segment.endsWith("+}") ? 2 : 1;
  }

  /**
   * Returns the route of a request; empty if there is none.
   *
   * @param path as sent, not decoded
   */
  Optional<Match> match(String method, String path) throws RefusedException {
    String[] segments = path.substring(1).split("/", -1);
    for (Route route : routes) {
      if (route.key.isDefault()) {
        return Optional.of(new Match(route.text, Map.of()));
      }
      boolean fits = route.key.method().equals(method) || route.key.method().equals(HttpRouteKey.ANY);
      if (fits && matches(route.key, segments)) {
        return Optional.of(new Match(route.text, variables(route.key, segments)));
      }
    }
    return Optional.empty();
  }

  private static boolean matches(HttpRouteKey key, String[] segments) throws RefusedException {
    List<String> parts = key.segments();
    if (key.isGreedy() ? segments.length < parts.size() : segments.length != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      boolean last = i == parts.size() - 1;
      boolean empty = segments[i].isEmpty() && !(last && segments.length > parts.size());
      if (HttpRouteKey.isVariable(part) ? empty : !part.equals(decoded(segments[i]))) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> variables(HttpRouteKey key, String[] segments) throws RefusedException {
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < key.segments().size(); i++) {
      String part = key.segments().get(i);
      if (HttpRouteKey.isVariable(part)) {
        boolean greedy = part.endsWith("+}");
        variables.put(HttpRouteKey.name(part), decoded(greedy ? rest(segments, i) : segments[i]));
      }
    }
    return variables;
  }

  private static String rest(String[] segments, int from) {
    List<String> rest = new ArrayList<>();
    for (int i = from; i < segments.length; i++) {
      rest.add(segments[i]);
    }
    return String.join("/", rest);
  }

  /**
   * Returns a text without percent-encoding.
   *
   * @throws RefusedException if that is malformed
   */
  static String decoded(String text) throws RefusedException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("percent-encoding");
    }
  }
}
