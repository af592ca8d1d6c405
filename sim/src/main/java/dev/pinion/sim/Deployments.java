package dev.pinion.sim;

import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.Integration;
import dev.pinion.gateway.RouteTable;
import dev.pinion.json.Router;
import dev.pinion.spi.Dispatcher;
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
        webSocket.stage(), webSocket.ordered(), log);
  }

  /** Handlers run with the context class loader of their program: libraries look for classes there, as on AWS. */
  private static Integration handlers(WebSocketModel webSocket, @Nullable ClassLoader loader, Run run) {
    Dispatcher dispatcher = new Dispatcher(webSocket, run.json);
    Integration handlers = event -> {
      Thread thread = Thread.currentThread();
      thread.setContextClassLoader(loader);
      try {
        return dispatcher.dispatch(event);
      } finally {
        thread.setContextClassLoader(null); // whoever still refers to the thread keeps no program
      }
    };
    return run.options.faults.<Integration>map(faults -> new FaultyHandlers(webSocket, handlers, faults))
        .orElse(handlers);
  }

  private static RouteTable routes(WebSocketModel webSocket) {
    Router router = new Router(RouteSelectionExpression.parse(webSocket.routeSelectionExpression()));
    String[] keys = webSocket.routes().stream().map(RouteModel::key).toArray(String[]::new);
    String[] responding =
        webSocket.routes().stream().filter(RouteModel::responds).map(RouteModel::key).toArray(String[]::new);
    RouteTable routes = RouteTable.of(keys).twoWay(responding).selectedBy(new MessageRoutes(router));
    for (RouteModel route : webSocket.routes()) {
      routes = routes.timeout(route.key(), route.options().timeout());
    }
    return routes;
  }
}
