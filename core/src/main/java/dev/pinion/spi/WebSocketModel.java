package dev.pinion.spi;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An API Gateway WebSocket API of an app.
 *
 * @param id the id given by the app, unique among the app's resources
 * @param name the API's name
 * @param stage the name of its stage
 * @param routeSelectionExpression the expression that computes the route key of a message from its body
 * @param ordered whether the messages of one connection are handled one after the other
 * @param access who may connect
 * @param routes its routes, with different keys, in the order of declaration
 * @param location where it is declared
 */
public record WebSocketModel(
    String id,
    String name,
    String stage,
    String routeSelectionExpression,
    boolean ordered,
    AccessModel access,
    List<RouteModel> routes,
    SourceLocation location)
    implements ResourceModel {
  public WebSocketModel {
    routes = List.copyOf(routes);
  }

  /** Creates an API to which everybody may connect. */
  public WebSocketModel(
      String id,
      String name,
      String stage,
      String routeSelectionExpression,
      boolean ordered,
      List<RouteModel> routes,
      SourceLocation location) {
    this(id, name, stage, routeSelectionExpression, ordered, AccessModel.OPEN, routes, location);
  }

  @Override
  public List<HandlerModel> handlers() {
    return Stream.<HandlerModel>concat(access.authorizer().stream(), routes.stream()).toList();
  }

  /** Returns a copy with other routes. */
  public WebSocketModel withRoutes(List<RouteModel> other) {
    return new WebSocketModel(
        id, name, stage, routeSelectionExpression, ordered, access, other, location);
  }

  /** Returns a copy with another stage. */
  public WebSocketModel withStage(String other) {
    return new WebSocketModel(
        id, name, other, routeSelectionExpression, ordered, access, routes, location);
  }

  /** Returns a copy with other conditions of who may connect. */
  public WebSocketModel withAccess(AccessModel other) {
    return new WebSocketModel(
        id, name, stage, routeSelectionExpression, ordered, other, routes, location);
  }

  /** Returns the route with a key. */
  public Optional<RouteModel> route(String key) {
    return routes.stream().filter(route -> route.key().equals(key)).findFirst();
  }

  /** Returns the handler of events with a key: that of a route, or the authorizer. */
  public Optional<HandlerModel> handler(String key) {
    return Event.Authorize.KEY.equals(key) ? access.authorizer().map(each -> each) : route(key).map(each -> each);
  }
}
