package dev.pinion.gateway;

/**
 * A route selection expression, as a function of the message.
 *
 * <p>Called on virtual threads, by many at once.
 */
@FunctionalInterface
public interface RouteSelector {

  /** The expression's value for a message; {@code ""} when a path is missing or the message is not JSON. */
  String routeKey(String body);

  /**
   * Says why no route fits a message, for people.
   *
   * @param routeKey the expression's value for it
   */
  default String unrouted(String body, String routeKey) {
    return "there is no route for '" + routeKey + "'";
  }
}
