package dev.pinion;

import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.WebSocketModel;
import java.util.List;

/** Declares the options of a WebSocket API. {@link #create} ends the declaration. */
public final class WebSocketBuilder {
  private final Cloud cloud;
  private final String id;
  private final SourceLocation location;
  private String name;
  private String stage = "prod";
  private String routeSelectionExpression = "$request.body.action";
  private boolean ordered;

  WebSocketBuilder(Cloud cloud, String id, SourceLocation location) {
    this.cloud = cloud;
    this.id = id;
    this.name = id;
    this.location = location;
  }

  /** Sets the name of the API in API Gateway, 1 to 128 characters (default: its id). */
  public WebSocketBuilder name(String apiName) {
    if (apiName.isBlank() || apiName.length() > 128) {
      problem("has the name '" + apiName + "': use 1 to 128 characters");
    }
    name = apiName;
    return this;
  }

  /** Sets the stage, the last part of the URL: 1 to 128 of {@code a-z A-Z 0-9 _ -} (default: {@code prod}). */
  public WebSocketBuilder stage(String stageName) {
    if (!stageName.matches("[A-Za-z0-9_-]{1,128}")) {
      problem("has the stage '" + stageName + "': use 1 to 128 of a-z, A-Z, 0-9, '_', '-'");
    }
    stage = stageName;
    return this;
  }

  /**
   * Sets the expression that computes the route key of a message (default: {@code $request.body.action}). For example,
   * {@code ${request.body.service}/${request.body.action}} joins two values.
   *
   * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html">API
   *     Gateway: route selection expressions</a>
   */
  public WebSocketBuilder routeSelectionExpression(String expression) {
    try {
      RouteSelectionExpression.parse(expression);
    } catch (IllegalArgumentException e) {
      problem("has a malformed " + e.getMessage());
    }
    routeSelectionExpression = expression;
    return this;
  }

  /**
   * Handles the messages of one connection one after the other. Without this call they start in order and may overlap.
   * AWS guarantees no order, so this holds on the developer's machine only.
   */
  public WebSocketBuilder ordered() {
    ordered = true;
    return this;
  }

  /** Ends the declaration. The handlers are declared on the returned object. */
  public WebSocket create() {
    cloud.binding().declare("webSocket(\"" + id + "\").create()");
    WebSocket webSocket =
        new WebSocket(
            new WebSocketModel(
                id, name, stage, routeSelectionExpression, ordered, List.of(), location),
            cloud.binding());
    cloud.create("webSocket '" + id + "'", location, webSocket::freeze);
    return webSocket;
  }

  private void problem(String message) {
    cloud.binding().problem(Callers.location(), "webSocket '" + id + "' " + message);
  }
}
