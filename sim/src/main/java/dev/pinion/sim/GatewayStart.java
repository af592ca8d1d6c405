package dev.pinion.sim;

import dev.pinion.gateway.Deployment;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.Integration;
import dev.pinion.spi.WebSocketModel;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;

/** Starts the gateway of a WebSocket that the app declares. */
final class GatewayStart {
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
      throw trouble().cannotListen(port, e);
    } catch (UnresolvedAddressException e) {
      throw trouble().unresolved(e);
    }
  }

  /**
   * Starts it on the port that its options set, or else on the first free one from another on upwards. What its clients
   * send goes to an integration until it is deployed.
   *
   * @param taken ports that are not to be tried
   */
  Gateway onFree(Set<Integer> taken, Integration meanwhile) {
    return new FreePort(options, webSocket.id(), trouble()).start(taken, port -> start(port, meanwhile));
  }

  private Gateway start(int port, Integration integration) {
    GatewayBuilder builder =
        new GatewayBuilder(integration)
            .host(options.host)
            .port(port)
            .stage(deployment.stage())
            .ordered(deployment.ordered())
            .routes(deployment.routes())
            .access(deployment.access())
            .profile(options.profile)
            .clock(options.clock)
            .endpoint(endpoint)
            .listener(deployment.listener());
    options.origins.forEach(builder::allowOrigin);
    options.hosts.forEach(builder::allowHost);
    new EnvironmentCredentials(options.environment).to(builder);
    return builder.start();
  }

  private ListenTrouble trouble() {
    return new ListenTrouble("webSocket '" + webSocket.id() + "' (" + webSocket.location() + ") ", options.host);
  }
}
