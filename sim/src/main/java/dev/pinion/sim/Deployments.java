package dev.pinion.sim;

import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.Integration;
import dev.pinion.gateway.RouteTable;
import dev.pinion.json.Router;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.WebSocketModel;
import org.jspecify.annotations.Nullable;

/** Makes what a gateway leads to from the WebSocket that the app declares. */
final class Deployments {
  private Deployments() {}

  /** Returns the deployment of a WebSocket of an app with a class loader. */
  static Deployment of(WebSocketModel webSocket, @Nullable ClassLoader loader, Run run) {
    Log log = new Log(webSocket, run);
    return new Deployment(
        new RecordedHandlers(webSocket, handlers(webSocket, loader, run), run.recording), routes(webSocket),
        webSocket.stage(), webSocket.ordered(), webSocket.access(), log);
  }

  private static Integration handlers(WebSocketModel webSocket, @Nullable ClassLoader loader, Run run) {
    Integration handlers = new LocalHandlers(webSocket, loader, run);
    return run.options.faults.<Integration>map(faults -> new FaultyHandlers(webSocket, handlers, faults))
        .orElse(handlers);
  }

  private static RouteTable routes(WebSocketModel webSocket) {
    Router router = new Router(RouteSelectionExpression.parse(webSocket.routeSelectionExpression()));
    String[] keys = webSocket.routes().stream().map(RouteModel::key).toArray(String[]::new);
    String[] responding =
        webSocket.routes().stream().filter(RouteModel::responds).map(RouteModel::key).toArray(String[]::new);
    RouteTable routes = RouteTable.of(keys).twoWay(responding).selectedBy(new MessageRoutes(router));
    for (HandlerModel handler : webSocket.handlers()) {
      String key = handler instanceof RouteModel route ? route.key() : Event.Authorize.KEY;
      routes = routes.timeout(key, handler.options().timeout());
    }
    return routes;
  }
}
