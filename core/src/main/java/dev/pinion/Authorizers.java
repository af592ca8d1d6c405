package dev.pinion;

import dev.pinion.spi.AccessModel;
import dev.pinion.spi.Admission;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The authorizer of a WebSocket API that is being declared, and what follows from who may connect. */
final class Authorizers {
  private static final String CONNECT = "$connect";
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  private final Binding binding;
  private final WebSocketModel webSocket;
  private @Nullable Declared declared;

  /** The declared authorizer, whose options may still change. */
  private record Declared(
      AuthorizeHandler handler, List<TokenFrom> tokens, HandlerOptions options, SourceLocation location) {}

  Authorizers(Binding binding, WebSocketModel webSocket) {
    this.binding = binding;
    this.webSocket = webSocket;
  }

  /** Declares the authorizer; the handler itself says where its token is if no place is given. */
  HandlerOptions add(AuthorizeHandler handler, List<TokenFrom> given) {
    SourceLocation location = binding.declare("onAuthorize");
    List<TokenFrom> tokens = given.isEmpty() ? handler.identitySources() : given;
    Declared earlier = declared;
    if (earlier != null) {
      problem(location, "declares an authorizer twice, first at " + earlier.location + ": remove one of them");
    } else if (webSocket.access().iam()) {
      problem(
          location,
          "has an authorizer, and iam() at " + webSocket.location()
              + ", but API Gateway authorizes a route in one way only: remove one of them");
    }
    tokens.forEach(token -> check(token, location));
    HandlerOptions options = new HandlerOptions(binding, path());
    declared = new Declared(handler, List.copyOf(tokens), options, location);
    return options;
  }

  private String path() {
    return webSocket.id() + "/" + Event.Authorize.KEY;
  }

  private void check(TokenFrom token, SourceLocation location) {
    switch (token) {
      case TokenFrom.Header(String name) when !name.matches(TOKEN) -> problem(
          location, "reads its token from the header '" + name + "', which no header is called: use a name such as"
              + " Authorization");
      case TokenFrom.Subprotocol(String name) when !name.matches(TOKEN) -> problem(
          location, "reads its token after the subprotocol '" + name + "', which cannot be sent: use letters, digits"
              + " and . _ - without spaces");
      case TokenFrom.QueryParameter(String name) when !name.matches("[A-Za-z0-9._$-]+") -> problem(
          location, "reads its token from the query parameter '" + name + "': use letters, digits and . _ $ -");
      case TokenFrom.Header _, TokenFrom.Subprotocol _, TokenFrom.QueryParameter _ -> {
        // Well-formed.
      }
    }
  }

  private void problem(SourceLocation location, String message) {
    binding.problem(location, "webSocket '" + webSocket.id() + "' " + message);
  }

  /** Adds the authorizer, and a handler of {@code $connect} where the conditions need one. */
  WebSocketModel freeze(WebSocketModel model) {
    Declared present = declared;
    AccessModel access = model.access();
    if (present != null) {
      access = new AccessModel(
          access.origins(), access.iam(),
          Optional.of(
              new AuthorizerModel(
                  path(), present.handler, present.tokens, present.options.model(), present.location)));
    }
    WebSocketModel restricted = model.withAccess(access);
    if (!access.restricted() || model.route(CONNECT).isPresent()) return restricted;
    SourceLocation location = present == null ? model.location() : present.location;
    List<RouteModel> routes = new ArrayList<>();
    routes.add(admission(location));
    routes.addAll(model.routes());
    return restricted.withRoutes(routes);
  }

  private RouteModel admission(SourceLocation location) {
    String path = webSocket.id() + "/" + CONNECT;
    return new RouteModel(
        path, CONNECT, new Admission(), String.class, false, new HandlerOptions(binding, path).model(), location);
  }
}
