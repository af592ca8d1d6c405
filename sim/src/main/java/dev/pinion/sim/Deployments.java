package dev.pinion.sim;

import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.Integration;
import dev.pinion.gateway.RouteTable;
import dev.pinion.json.Router;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.WebSocketModel;

/** Makes what a gateway leads to from the WebSocket that the app declares. */
final class Deployments {
  private Deployments() {}

  static Deployment of(WebSocketModel webSocket, Run run) {
    Log log = new Log(webSocket, run.log, run.options.connections(), run.clients);
    return new Deployment(handlers(webSocket, run), routes(webSocket), webSocket.stage(), webSocket.ordered(), log);
  }

  private static Integration handlers(WebSocketModel webSocket, Run run) {
    Integration handlers = new Dispatcher(webSocket, run.json)::dispatch;
    return run.options.faults.<Integration>map(faults -> new FaultyHandlers(webSocket, handlers, faults))
        .orElse(handlers);
  }

  private static RouteTable routes(WebSocketModel webSocket) {
    Router router = new Router(RouteSelectionExpression.parse(webSocket.routeSelectionExpression()));
    String[] keys = webSocket.routes().stream().map(RouteModel::key).toArray(String[]::new);
    String[] responding =
        webSocket.routes().stream().filter(RouteModel::responds).map(RouteModel::key).toArray(String[]::new);
    RouteTable routes = RouteTable.of(keys).twoWay(responding).selectedBy(router::routeKey);
    for (RouteModel route : webSocket.routes()) {
      routes = routes.timeout(route.key(), route.options().timeout());
    }
    return routes;
  }
}
