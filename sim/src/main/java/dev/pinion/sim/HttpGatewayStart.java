package dev.pinion.sim;

import dev.pinion.gateway.HttpDeployment;
import dev.pinion.gateway.HttpGateway;
import dev.pinion.gateway.HttpGatewayBuilder;
import dev.pinion.spi.HttpApiModel;
import java.io.UncheckedIOException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;

/** Starts the gateway of an HTTP API that the app declares. */
final class HttpGatewayStart {
  private final HttpApiModel api;
  private final HttpDeployment deployment;
  private final SimulatorBuilder options;

  HttpGatewayStart(HttpApiModel api, HttpDeployment deployment, SimulatorBuilder options) {
    this.api = api;
    this.deployment = deployment;
    this.options = options;
  }

  /** Starts it on a port. */
  HttpGateway on(int port) {
    try {
      return start(port);
    } catch (UncheckedIOException e) {
      throw trouble().cannotListen(port, e);
    } catch (UnresolvedAddressException e) {
      throw trouble().unresolved(e);
    }
  }

  /** Starts it on the port that its options set, or else on the first free one from the first port on upwards. */
  HttpGateway onFree(Set<Integer> taken) {
    return new FreePort(options, api.id(), trouble()).start(taken, this::start);
  }

  private ListenTrouble trouble() {
    return new ListenTrouble("httpApi '" + api.id() + "' (" + api.location() + ") ", options.host);
  }

  private HttpGateway start(int port) {
    HttpGatewayBuilder builder = new HttpGatewayBuilder(deployment)
        .host(options.host)
        .port(port)
        .profile(options.profile)
        .clock(options.clock);
    options.origins.forEach(builder::allowOrigin);
    options.hosts.forEach(builder::allowHost);
    return builder.start();
  }
}
