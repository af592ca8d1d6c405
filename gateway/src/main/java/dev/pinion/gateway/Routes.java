package dev.pinion.gateway;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The routes of one WebSocket API. Immutable. */
public final class Routes {

  /** No route at all: everybody may connect, and every message is answered {@code Forbidden}. */
  public static final Routes NONE = new Routes(Set.of(), Set.of(), Optional.empty());

  static final String CONNECT = "$connect";
  static final String DISCONNECT = "$disconnect";
  static final String DEFAULT = "$default";

  private static final Set<String> BUILT_IN = Set.of(CONNECT, DISCONNECT, DEFAULT);

  private final Set<String> keys;
  private final Set<String> twoWay;
  private final Optional<RouteSelector> selector;
  private final boolean selects;

  private Routes(Set<String> keys, Set<String> twoWay, Optional<RouteSelector> selector) {
    this.keys = Set.copyOf(keys);
    this.twoWay = Set.copyOf(twoWay);
    this.selector = selector;
    selects = selector.isPresent() && !BUILT_IN.containsAll(keys);
  }

  /** One-way routes. */
  public static Routes of(String... keys) {
    return new Routes(Set.of(keys), Set.of(), Optional.empty());
  }

  /** These routes and others that have a route response. */
  public Routes twoWay(String... more) {
    return new Routes(union(keys, more), union(twoWay, more), selector);
  }

  /** These routes, selected by an expression. It is not asked when no message route but {@code $default} exists. */
  public Routes selectedBy(RouteSelector expression) {
    return new Routes(keys, twoWay, Optional.of(expression));
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
    if (keys.contains(selected) && !selected.equals(CONNECT) && !selected.equals(DISCONNECT)) {
      return Optional.of(selected);
    }
    return keys.contains(DEFAULT) ? Optional.of(DEFAULT) : Optional.empty();
  }

  private static Set<String> union(Set<String> some, String... more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(Arrays.asList(more));
    return all;
  }
}
