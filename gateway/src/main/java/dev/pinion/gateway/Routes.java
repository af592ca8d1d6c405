package dev.pinion.gateway;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The routes of one WebSocket API.
 *
 * @param keys all route keys, {@code $connect}, {@code $disconnect} and {@code $default} among them if they exist
 * @param twoWay those keys that have a route response: the handler's body is sent to the client
 * @param selector the route selection expression; without one every message goes to {@code $default}
 */
public record Routes(Set<String> keys, Set<String> twoWay, Optional<RouteSelector> selector) {

  /** No route at all: everybody may connect, and every message is answered {@code Forbidden}. */
  public static final Routes NONE = new Routes(Set.of(), Set.of(), Optional.empty());

  static final String CONNECT = "$connect";
  static final String DISCONNECT = "$disconnect";
  static final String DEFAULT = "$default";

  /** Copies the sets. */
  public Routes {
    keys = Set.copyOf(keys);
    twoWay = Set.copyOf(twoWay);
    if (!keys.containsAll(twoWay)) {
      throw new IllegalArgumentException("Two-way routes " + twoWay + " are not all among the routes " + keys);
    }
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

  /** The value of the expression for a message, {@code $default} where nothing is to be selected. */
  String select(String body) {
    return selector.isEmpty() || onlyDefault() ? DEFAULT : selector.get().routeKey(body);
  }

  /** The route for an expression's value, empty when there is none. */
  Optional<String> match(String selected) {
    if (keys.contains(selected) && !selected.equals(CONNECT) && !selected.equals(DISCONNECT)) {
      return Optional.of(selected);
    }
    return keys.contains(DEFAULT) ? Optional.of(DEFAULT) : Optional.empty();
  }

  private boolean onlyDefault() {
    for (String key : keys) {
      if (!key.equals(CONNECT) && !key.equals(DISCONNECT) && !key.equals(DEFAULT)) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> union(Set<String> some, String... more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(Arrays.asList(more));
    return all;
  }
}
