package dev.pinion.sim;

import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.Integration;
import dev.pinion.spi.WebSocketModel;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.Set;

/** Starts the gateway of a WebSocket that the app declares. */
final class GatewayStart {
  private static final int LARGEST_PORT = 65535;

  private final WebSocketModel webSocket;
  private final Deployment deployment;
  private final SimulatorBuilder options;
  private final AppEndpoint endpoint;

  GatewayStart(WebSocketModel webSocket, Deployment deployment, SimulatorBuilder options, AppEndpoint endpoint) {
    this.webSocket = webSocket;
    this.deployment = deployment;
    this.options = options;
    this.endpoint = endpoint;
  }

  /** Starts it on a port. */
  Gateway on(int port) {
    try {
      Gateway gateway = start(port, deployment.integration());
      gateway.deploy(deployment);
      return gateway;
    } catch (UncheckedIOException e) {
      throw cannotListen(port, e);
    } catch (UnresolvedAddressException e) {
      throw unresolved(e);
    }
  }

  /**
   * Starts it on the port that its options set, or else on the first free one from another on upwards. What its clients
   * send goes to an integration until it is deployed.
   *
   * @param taken ports that are not to be tried
   */
  Gateway onFree(Set<Integer> taken, Integration meanwhile) {
    Integer own = options.ports.get(webSocket.id());
    int port = own == null ? options.port : own;
    while (true) {
      while (own == null && port != 0 && taken.contains(port)) port++;
      try {
        return start(port, meanwhile);
      } catch (UncheckedIOException e) {
        if (own != null || port == 0 || port >= LARGEST_PORT || !(e.getCause() instanceof BindException)) {
          throw cannotListen(port, e);
        }
        port++;
      } catch (UnresolvedAddressException e) {
        throw unresolved(e);
      }
    }
  }

  private Gateway start(int port, Integration integration) {
    GatewayBuilder builder =
        new GatewayBuilder(integration)
            .host(options.host)
            .port(port)
            .stage(deployment.stage())
            .ordered(deployment.ordered())
            .routes(deployment.routes())
            .profile(options.profile)
            .clock(options.clock)
            .endpoint(endpoint)
            .listener(deployment.listener());
    options.origins.forEach(builder::allowOrigin);
    options.hosts.forEach(builder::allowHost);
    return builder.start();
  }

  private SimulatorException unresolved(UnresolvedAddressException e) {
    return new SimulatorException(
        "webSocket '" + webSocket.id() + "' (" + webSocket.location() + ") cannot listen on " + options.host
            + ": the name has no address. With --host, name an address of this machine, or 0.0.0.0 for all",
        e);
  }

  private SimulatorException cannotListen(int port, UncheckedIOException e) {
    String at = "webSocket '" + webSocket.id() + "' (" + webSocket.location() + ") ";
    if (e.getCause() instanceof BindException && port != 0) {
      Optional<String> holder = PortHolder.of(port);
      return new SimulatorException(
          at + "cannot listen on " + options.host + ":" + port + ": the port is in use"
              + holder.map(name -> " by " + name).orElse("")
              + ", or the address is not this machine's. Stop what uses it, or choose another: --port "
              + (port + 10) + ", or --port 0 for any free one",
          e);
    }
    String why = e.getCause() instanceof BindException
        ? "the address is not this machine's. With --host, name one that is, localhost, or 0.0.0.0 for all"
        : String.valueOf(e.getCause());
    return new SimulatorException(at + "cannot listen on " + options.host + ": " + why, e);
  }
}
