package dev.pinion.gateway;

import dev.pinion.engine.Network;
import dev.pinion.engine.Server;
import dev.pinion.spi.AccessModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The options of a {@link Gateway}. Not thread-safe. */
public final class GatewayBuilder {
  static {
    // A JVM that starts from a cache forgets that this module reads the class path, and then links no method reference
    // to a class there that its training run has not linked.
    GatewayBuilder.class.getModule().addReads(Server.class.getModule());
  }

  private final Integration integration;
  private final Set<String> origins = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private String host = "127.0.0.1";
  private int port = 0;
  private String stage = "prod";
  private String apiId = "local";
  private RouteTable routes = RouteTable.NONE;
  private boolean ordered = false;
  private AccessModel access = AccessModel.OPEN;
  private Optional<SignatureCheck> signatures = Optional.empty();
  private Profile profile = Profile.AWS;
  private InstantSource clock = InstantSource.system();
  private HttpEndpoint endpoint = HttpEndpoint.NONE;
  private GatewayListener listener = new GatewayListener() {};

  /** Begins a gateway whose events go to an integration. */
  public GatewayBuilder(Integration integration) {
    this.integration = integration;
  }

  /** Sets the address to listen on. Default: the loopback address {@code 127.0.0.1}. */
  public GatewayBuilder host(String address) {
    host = address;
    return this;
  }

  /** Sets the port to listen on. Default: 0, which takes a free one. */
  public GatewayBuilder port(int number) {
    port = number;
    return this;
  }

  /** Sets the stage, the path's first segment: 1 to 128 of {@code A-Z a-z 0-9 _ -}. Default: {@code prod}. */
  public GatewayBuilder stage(String name) {
    stage = name;
    return this;
  }

  /** Sets the API's id in events. Default: {@code local}. */
  public GatewayBuilder apiId(String id) {
    apiId = id;
    return this;
  }

  /** Sets the routes. Default: none. */
  public GatewayBuilder routes(RouteTable all) {
    routes = all;
    return this;
  }

  /** Sets whether a connection's messages wait for each other. Default: they start in order and may overlap. */
  public GatewayBuilder ordered(boolean wait) {
    ordered = wait;
    return this;
  }

  /** Sets who may connect. Default: everybody. */
  public GatewayBuilder access(AccessModel conditions) {
    access = conditions;
    return this;
  }

  /**
   * Sets the credentials with which clients of an API with IAM authorization must sign. Default: none, and then no
   * signature is checked.
   */
  public GatewayBuilder credentials(String accessKeyId, String secretAccessKey) {
    signatures = Optional.of(new SignatureCheck(accessKeyId, secretAccessKey));
    return this;
  }

  /** Sets the limits and the undocumented behaviours. Default: {@link Profile#AWS}. */
  public GatewayBuilder profile(Profile behaviour) {
    profile = behaviour;
    return this;
  }

  /**
   * Allows one more origin, such as {@code https://example.com}, whose pages may connect; loopback origins always may.
   *
   * @throws IllegalArgumentException when the text is no origin; see {@link Origin}
   */
  public GatewayBuilder allowOrigin(String origin) {
    origins.add(Origin.normalize(origin));
    return this;
  }

  /**
   * Allows one more name of this server that clients may use: with a port, or without for any port.
   *
   * @throws IllegalArgumentException when the text is no host name
   */
  public GatewayBuilder allowHost(String name) {
    hosts.add(HostName.normalize(name));
    return this;
  }

  /** Sets the clock of all limits and time stamps; limits are checked about four times a second. */
  public GatewayBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** Sets what answers other HTTP requests. Default: nothing does. */
  public GatewayBuilder endpoint(HttpEndpoint answers) {
    endpoint = answers;
    return this;
  }

  /** Sets the listener for gateway events. */
  public GatewayBuilder listener(GatewayListener events) {
    listener = events;
    return this;
  }

  /**
   * Starts the gateway; it listens when this returns.
   *
   * @throws IllegalArgumentException when the stage is not one
   * @throws UncheckedIOException when the address cannot be listened on
   */
  public Gateway start() {
    Deployment first = new Deployment(integration, routes, stage, ordered, access, listener);
    Settings settings =
        new Settings(
            host, port, apiId, new AtomicReference<>(new Moment(profile, Network.AS_IT_IS)), Set.copyOf(origins),
            Set.copyOf(hosts), clock, endpoint, signatures, new AtomicReference<>(first));
    try {
      return Gateway.start(settings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + host + ":" + port, e);
    }
  }
}
