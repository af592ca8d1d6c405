package dev.pinion.spi;

import java.util.List;
import java.util.Optional;

/**
 * An API Gateway WebSocket API of an app.
 *
 * @param id the id that the app gave it, unique among the app's resources
 * @param name the API's name
 * @param stage the name of its stage
 * @param routeSelectionExpression how a message's body gives its route key
 * @param ordered whether messages of one connection wait for each other
 * @param routes its routes, each key once, in the order of declaration
 * @param location where the app declares it
 */
public record WebSocketModel(
    String id,
    String name,
    String stage,
    String routeSelectionExpression,
    boolean ordered,
    List<RouteModel> routes,
    SourceLocation location)
    implements ResourceModel {
  public WebSocketModel {
    routes = List.copyOf(routes);
  }

  /** The same API with other routes. */
  public WebSocketModel withRoutes(List<RouteModel> other) {
    return new WebSocketModel(
        id, name, stage, routeSelectionExpression, ordered, other, location);
  }

  /** The same API at another stage. */
  public WebSocketModel withStage(String other) {
    return new WebSocketModel(
        id, name, other, routeSelectionExpression, ordered, routes, location);
  }

  /** The route of a key. */
  public Optional<RouteModel> route(String key) {
    return routes.stream().filter(route -> route.key().equals(key)).findFirst();
  }
}
