package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A WebSocket's API with its routes, deployment and stage.
 *
 * @param path the WebSocket's id
 * @param name the API's name, which follows the prefix
 * @param stage the stage's name
 * @param routeSelectionExpression the expression that selects the route key of a message
 * @param routes in order; each is created after the one before it, as API Gateway refuses concurrent changes of routes
 * @param deploymentTriggers what a deployment copies: it is replaced exactly when one of these changes
 */
public record WebSocketPlan(
    String path,
    String name,
    String stage,
    String routeSelectionExpression,
    List<RoutePlan> routes,
    Map<String, Expression> deploymentTriggers) {

  public WebSocketPlan {
    routes = List.copyOf(routes);
    deploymentTriggers = Collections.unmodifiableMap(new LinkedHashMap<>(deploymentTriggers));
  }

  /**
   * A route, the integration that it targets, and the permission for API Gateway to invoke the function's alias.
   *
   * @param path the handler's
   * @param key the route key
   * @param responds whether the route has a route response, so that what the function returns reaches the client
   * @param timeout how long API Gateway waits for the function, in milliseconds
   * @param after the path of the route that must be created first
   * @param caller the source ARN that may invoke the function; empty if a route before it permits that
   */
  public record RoutePlan(
      String path, String key, boolean responds, int timeout, Optional<String> after, Optional<Expression> caller) {}
}
