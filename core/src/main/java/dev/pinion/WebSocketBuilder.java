package dev.pinion;

import dev.pinion.spi.AccessModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.WebSocketModel;
import java.util.List;
import java.util.Optional;

/** Declares the options of a WebSocket API. {@link #create} ends the declaration. */
public final class WebSocketBuilder {
  /** Apps that show pages have schemes of their own; those of WebSockets and files are no origin that is sent. */
  private static final String ORIGIN =
      "(?!wss?:|file:)[a-z][a-z0-9+.-]*://([a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*"
          + "|\\[[0-9a-f:]+])(:[0-9]{1,5})?";

  private final Cloud cloud;
  private final String id;
  private final SourceLocation location;
  private String name;
  private String stage = "prod";
  private String routeSelectionExpression = "$request.body.action";
  private boolean ordered;
  private List<String> origins = List.of();
  private boolean iam;

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

  /**
   * Sets the origins whose pages may connect, such as {@code https://app.example.com}: scheme, host and, unless it is
   * the scheme's default, port; also of apps that show pages, such as {@code capacitor://localhost}. A page of another
   * origin gets 403. Clients that are not browsers send no origin, and may connect. API Gateway checks no origins, so
   * on AWS the function of the authorizer does, or else that of {@code $connect}, which an app without either gets. On
   * the developer's machine, pages of loopback origins may connect too.
   */
  public WebSocketBuilder origins(String... all) {
    if (!origins.isEmpty()) problem("sets its origins twice: list them in one call");
    if (all.length == 0) problem("lists no origin: name at least one, or leave origins out");
    for (String origin : all) {
      if (!origin.matches(ORIGIN) || origin.matches("https:.*:443|http:.*:80")) {
        problem("has the origin '" + origin + "': use scheme and host in lower case, such as"
            + " https://app.example.com or http://localhost:5173, without a path and without the scheme's own port");
      }
    }
    origins = List.of(all);
    return this;
  }

  /**
   * Requires that handshakes are signed with AWS credentials (Signature Version 4, service {@code execute-api}), whose
   * owner is allowed {@code execute-api:Invoke} on the API ({@code AWS_IAM}). Not together with {@link
   * WebSocket#onAuthorize}. On the developer's machine, a signature is checked if the environment has AWS credentials,
   * which must then be those of the client.
   */
  public WebSocketBuilder iam() {
    iam = true;
    return this;
  }

  /** Ends the declaration. The handlers are declared on the returned object. */
  public WebSocket create() {
    cloud.binding().declare("webSocket(\"" + id + "\").create()");
    WebSocket webSocket =
        new WebSocket(
            new WebSocketModel(
                id, name, stage, routeSelectionExpression, ordered,
                new AccessModel(origins, iam, Optional.empty()), List.of(), location),
            cloud.binding());
    cloud.create("webSocket '" + id + "'", location, webSocket::freeze);
    return webSocket;
  }

  private void problem(String message) {
    cloud.binding().problem(Callers.location(), "webSocket '" + id + "' " + message);
  }
}
