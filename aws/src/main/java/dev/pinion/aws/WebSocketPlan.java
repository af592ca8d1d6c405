package dev.pinion.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A WebSocket's API with its routes, deployment and stage.
 *
 * @param path the WebSocket's id
 * @param name the API's name, which follows the prefix
 * @param stage the stage's name
 * @param routeSelectionExpression the expression that selects the route key of a message
 * @param authorizer of the route {@code $connect}
 * @param routes in order; each is created after the one before it, as API Gateway refuses concurrent changes of routes
 * @param deploymentTriggers what a deployment copies: it is replaced exactly when one of these changes
 */
public record WebSocketPlan(
    String path,
    String name,
    String stage,
    String routeSelectionExpression,
    Optional<AuthorizerPlan> authorizer,
    List<RoutePlan> routes,
    Map<String, Expression> deploymentTriggers) {

  public WebSocketPlan {
    routes = List.copyOf(routes);
    deploymentTriggers = Collections.unmodifiableMap(new LinkedHashMap<>(deploymentTriggers));
  }

  /** Returns the paths of its handlers. */
  public List<String> handlers() {
    return Stream.concat(authorizer.stream().map(AuthorizerPlan::path), routes.stream().map(RoutePlan::path)).toList();
  }

  /**
   * A route, the integration that it targets, which others may share, and the permission for API Gateway to invoke the
   * function's alias.
   *
   * @param path the handler's
   * @param key the route key
   * @param responds whether the route has a route response, so that what the function returns reaches the client
   * @param timeout how long API Gateway waits for the function, in milliseconds
   * @param authorization who may use the route
   * @param after the path of the route that must be created first
   * @param caller the source ARN that may invoke the function; empty if a route before it permits that
   */
  public record RoutePlan(
      String path, String key, boolean responds, int timeout, RouteAuthorization authorization, Optional<String> after,
      Optional<Expression> caller) {}

  /** An authorization type of API Gateway. */
  public enum RouteAuthorization {
    /** Everybody may use the route. */
    NONE,
    /** Who signs with AWS credentials that are allowed to. */
    AWS_IAM,
    /** Whom the API's authorizer allows. */
    CUSTOM
  }

  /**
   * An authorizer, and the permission for API Gateway to invoke its function's alias.
   *
   * @param path the handler's
   * @param identitySource what a handshake must have, such as {@code route.request.querystring.token}; nothing if empty
   * @param caller the source ARN that may invoke the function
   */
  public record AuthorizerPlan(String path, Optional<String> identitySource, Expression caller) {
    /** The authorizer's name, of which an API has one. */
    public static final String NAME = "connect";
  }
}
