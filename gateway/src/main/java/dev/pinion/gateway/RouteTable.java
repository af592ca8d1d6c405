package dev.pinion.gateway;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The routes of a WebSocket API. Immutable. */
public final class RouteTable {

  /** No route at all: everybody may connect, and every message is answered {@code Forbidden}. */
  public static final RouteTable NONE = new RouteTable(Set.of(), Set.of(), Optional.empty(), Map.of());

  static final String CONNECT = "$connect";
  static final String DISCONNECT = "$disconnect";
  static final String DEFAULT = "$default";

  private static final Set<String> BUILT_IN = Set.of(CONNECT, DISCONNECT, DEFAULT);

  private final Set<String> keys;
  private final Set<String> twoWay;
  private final Optional<RouteSelector> selector;
  private final boolean selects;
  /** The route of messages that have no other. */
  private final Optional<String> otherwise;
  private final Map<String, Duration> timeouts;

  private RouteTable(
      Set<String> keys, Set<String> twoWay, Optional<RouteSelector> selector, Map<String, Duration> timeouts) {
    this.keys = Set.copyOf(keys);
    this.twoWay = Set.copyOf(twoWay);
    this.selector = selector;
    this.timeouts = Map.copyOf(timeouts);
    otherwise = Optional.of(DEFAULT).filter(keys::contains);
    selects = selector.isPresent() && !BUILT_IN.containsAll(keys);
  }

  /** Returns one-way routes. */
  public static RouteTable of(String... keys) {
    return new RouteTable(Set.of(keys), Set.of(), Optional.empty(), Map.of());
  }

  /** Returns these routes and others that have a route response. */
  public RouteTable twoWay(String... more) {
    return new RouteTable(union(keys, more), union(twoWay, more), selector, timeouts);
  }

  /**
   * Returns these routes, selected by an expression. It is not evaluated when {@code $default} is the only message
   * route.
   */
  public RouteTable selectedBy(RouteSelector expression) {
    return new RouteTable(keys, twoWay, Optional.of(expression), timeouts);
  }

  /**
   * Returns these routes, one of which has a handler with a timeout of its own: when it has passed, the handler is
   * interrupted. Without one that is the profile's integration timeout, past which the client gets no answer anyway.
   */
  public RouteTable timeout(String key, Duration timeout) {
    Map<String, Duration> more = new HashMap<>(timeouts);
    more.put(key, timeout);
    return new RouteTable(keys, twoWay, selector, more);
  }

  /** Returns the timeout of a route's handler, or another one if it has none of its own. */
  Duration timeoutOf(String key, Duration otherwise) {
    return timeouts.getOrDefault(key, otherwise);
  }

  /** All route keys, {@code $connect}, {@code $disconnect} and {@code $default} among them if they exist. */
  Set<String> keys() {
    return keys;
  }

  /** Those keys that have a route response: the handler's body is sent to the client. */
  Set<String> twoWay() {
    return twoWay;
  }

  /** The value of the expression for a message, {@code $default} where nothing is to be selected. */
  String select(String body) {
    return selects ? selector.orElseThrow().routeKey(body) : DEFAULT;
  }

  /** The route for an expression's value, empty when there is none. */
  Optional<String> match(String selected) {
    if (!selected.equals(DEFAULT) && keys.contains(selected) && !selected.equals(CONNECT)
        && !selected.equals(DISCONNECT)) {
      return Optional.of(selected);
    }
    return otherwise;
  }

  /** Says why a message has no route, for people. */
  String unrouted(String body, String selected) {
    return selects ? selector.orElseThrow().unrouted(body, selected) : "there are no routes for messages";
  }

  private static Set<String> union(Set<String> some, String... more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(Arrays.asList(more));
    return all;
  }
}
