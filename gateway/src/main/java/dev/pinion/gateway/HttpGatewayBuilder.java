package dev.pinion.gateway;

import dev.pinion.engine.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The options of an {@link HttpGateway}. Not thread-safe. */
public final class HttpGatewayBuilder {
  static {
    // See GatewayBuilder.
    HttpGatewayBuilder.class.getModule().addReads(Server.class.getModule());
  }

  private final HttpDeployment deployment;
  private final Set<String> origins = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private String host = "127.0.0.1";
  private int port = 0;
  private Profile profile = Profile.AWS;
  private InstantSource clock = InstantSource.system();

  /** Begins a gateway with its first deployment. */
  public HttpGatewayBuilder(HttpDeployment first) {
    deployment = first;
  }

  /** Sets the address to listen on. Default: the loopback address {@code 127.0.0.1}. */
  public HttpGatewayBuilder host(String address) {
    host = address;
    return this;
  }

  /** Sets the port to listen on. Default: 0, which takes a free one. */
  public HttpGatewayBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Allows one more origin, such as {@code https://example.com}, whose pages may use the API; loopback origins and
   * those of the API's own CORS options always may.
   *
   * @throws IllegalArgumentException when the text is no origin; see {@link Origin}
   */
  public HttpGatewayBuilder allowOrigin(String origin) {
    origins.add(Origin.normalize(origin));
    return this;
  }

  /**
   * Allows one more name of this server that clients may use: with a port, or without for any port.
   *
   * @throws IllegalArgumentException when the text is no host name
   */
  public HttpGatewayBuilder allowHost(String name) {
    hosts.add(HostName.normalize(name));
    return this;
  }

  /**
   * Sets the limits, of which {@link Profile#requestTimeout}, {@link Profile#requestRate} and {@link
   * Profile#requestBurst} count. Default: {@link Profile#AWS}.
   */
  public HttpGatewayBuilder profile(Profile behaviour) {
    profile = behaviour;
    return this;
  }

  /** Sets the clock of all limits and time stamps; limits are checked about four times a second. */
  public HttpGatewayBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /**
   * Starts the gateway; it listens when this returns.
   *
   * @throws UncheckedIOException when the address cannot be listened on
   */
  public HttpGateway start() {
    HttpSettings settings = new HttpSettings(
        host, port, Set.copyOf(origins), Set.copyOf(hosts), clock, profile, new AtomicReference<>(deployment));
    try {
      return HttpGateway.start(settings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + host + ":" + port, e);
    }
  }
}
