package dev.pinion.sim;

import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.Integration;
import dev.pinion.gateway.RouteTable;
import dev.pinion.json.Router;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.WebSocketModel;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Starts the gateway of a WebSocket that the app declares. */
final class GatewayStart {
  private GatewayStart() {}

  static Gateway start(
      WebSocketModel webSocket, int port, SimulatorBuilder options, JsonCodec json, AppEndpoint endpoint) {
    Console console = endpoint.page().console();
    GatewayBuilder builder =
        new GatewayBuilder(console.recorded(webSocket, handlers(webSocket, options, json)))
            .host(options.host)
            .port(port)
            .stage(webSocket.stage())
            .ordered(webSocket.ordered())
            .routes(routes(webSocket))
            .profile(options.profile)
            .clock(options.clock)
            .endpoint(endpoint)
            .listener(
                new Log(
                    webSocket, new LogLine(options.log, options.clock, console.recording()), options.connections(),
                    endpoint.page().clients()));
    options.origins.forEach(builder::allowOrigin);
    options.hosts.forEach(builder::allowHost);
    try {
      return builder.start();
    } catch (UncheckedIOException e) {
      throw cannotListen(webSocket, port, options.host, e);
    } catch (UnresolvedAddressException e) {
      throw new SimulatorException(
          "webSocket '" + webSocket.id() + "' (" + webSocket.location() + ") cannot listen on " + options.host
              + ": the name has no address. With --host, name an address of this machine, or 0.0.0.0 for all",
          e);
    }
  }

  private static Integration handlers(WebSocketModel webSocket, SimulatorBuilder options, JsonCodec json) {
    Integration handlers = new Dispatcher(webSocket, json)::dispatch;
    return options.faults.<Integration>map(faults -> new FaultyHandlers(webSocket, handlers, faults))
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

  private static SimulatorException cannotListen(
      WebSocketModel webSocket, int port, String host, UncheckedIOException e) {
    String at = "webSocket '" + webSocket.id() + "' (" + webSocket.location() + ") ";
    if (e.getCause() instanceof BindException && port != 0) {
      Optional<String> holder = PortHolder.of(port);
      return new SimulatorException(
          at + "cannot listen on " + host + ":" + port + ": the port is in use"
              + holder.map(name -> " by " + name).orElse("")
              + ", or the address is not this machine's. Stop what uses it, or choose another: --port "
              + (port + 10) + ", or --port 0 for any free one",
          e);
    }
    String why = e.getCause() instanceof BindException
        ? "the address is not this machine's. With --host, name one that is, localhost, or 0.0.0.0 for all"
        : String.valueOf(e.getCause());
    return new SimulatorException(at + "cannot listen on " + host + ": " + why, e);
  }
}
