package dev.pinion.gateway;

import dev.pinion.engine.RefusedException;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpApiModel.Cors;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.HttpRouteModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway of an HTTP API leads to at present: a program's handlers and what is declared of them. {@link
 * HttpGateway#deploy} replaces it as a whole. A request belongs to the one that is there when it has arrived.
 * Immutable.
 */
public final class HttpDeployment {
  private final HttpIntegration integration;
  private final HttpListener listener;
  private final HttpRouter router;
  private final Optional<Cors> cors;
  private final Map<String, Duration> timeouts = new HashMap<>();
  private final Map<String, HandlerStretches> stretches = new HashMap<>();

  /** Creates the deployment of an HTTP API as an app declares it. */
  public HttpDeployment(HttpApiModel api, HttpIntegration integration, HttpListener listener) {
    this.integration = integration;
    this.listener = listener;
    cors = api.cors();
    // No method reference: in the command this class is in a module, which cannot link one to a class outside.
    router = new HttpRouter(api.routes().stream().map(each -> each.key()).toList());
    for (HttpRouteModel each : api.routes()) {
      timeouts.put(each.key(), each.options().timeout());
      stretches.put(each.key(), new HandlerStretches());
    }
  }

  /** Returns what its routes lead to. */
  public HttpIntegration integration() {
    return integration;
  }

  /** Returns what its gateway reports to. */
  public HttpListener listener() {
    return listener;
  }

  HttpRouter router() {
    return router;
  }

  /**
   * Returns a request like another one, with another method, target and body; empty if no route matches.
   *
   * @param target the path and perhaps a query, as a client sends it
   */
  public Optional<HttpEvent> edited(
      HttpEvent before, String method, String target, HttpBody body, HttpEvent.Context context) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    try {
      String decoded = HttpRouter.decoded(path);
      return router.match(method, path).map(
          route -> new HttpEvent(
              route.key(), method, decoded, mark < 0 ? "" : target.substring(mark + 1), before.headers(),
              before.cookies(), route.variables(), body, context));
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }

  Optional<Cors> cors() {
    return cors;
  }

  Duration timeout(String routeKey) {
    return timeouts.getOrDefault(routeKey, ApiGatewayQuotas.INTEGRATION_TIMEOUT);
  }

  /** Returns whether the handlers of a route compute for long. */
  HandlerStretches stretches(String routeKey) {
    return stretches.getOrDefault(routeKey, new HandlerStretches());
  }
}
