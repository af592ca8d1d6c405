package dev.pinion.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The options of a {@link Gateway}. Not thread-safe. */
public final class GatewayBuilder {
  private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  private final Integration integration;
  private final Set<String> origins = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>();
  private String host = "127.0.0.1";
  private int port = 0;
  private String stage = "prod";
  private String apiId = "local";
  private Routes routes = Routes.NONE;
  private boolean ordered = false;
  private Profile profile = Profile.AWS;
  private InstantSource clock = InstantSource.system();
  private HttpEndpoint endpoint = HttpEndpoint.NONE;
  private GatewayListener listener = new GatewayListener() {};

  GatewayBuilder(Integration integration) {
    this.integration = integration;
  }

  /** The address to listen on; the loopback address {@code 127.0.0.1} unless told otherwise. */
  public GatewayBuilder host(String address) {
    host = address;
    return this;
  }

  /** The port to listen on; 0, the default, takes a free one. */
  public GatewayBuilder port(int number) {
    port = number;
    return this;
  }

  /** The stage, the path's first segment; {@code prod} unless told otherwise. */
  public GatewayBuilder stage(String name) {
    if (!STAGE.matcher(name).matches()) {
      throw new IllegalArgumentException("A stage is 1 to 128 of A-Z a-z 0-9 _ -, but is: " + name);
    }
    stage = name;
    return this;
  }

  /** The API's id in events; {@code local} unless told otherwise. */
  public GatewayBuilder apiId(String id) {
    apiId = id;
    return this;
  }

  /** The routes; none unless told otherwise. */
  public GatewayBuilder routes(Routes all) {
    routes = all;
    return this;
  }

  /** Whether a connection's messages wait for each other; otherwise they start in order and may overlap. */
  public GatewayBuilder ordered(boolean wait) {
    ordered = wait;
    return this;
  }

  /** The limits and the undocumented behaviours; {@link Profile#AWS} unless told otherwise. */
  public GatewayBuilder profile(Profile behaviour) {
    profile = behaviour;
    return this;
  }

  /** One more origin, such as {@code https://example.com}, whose pages may connect; loopback origins always may. */
  public GatewayBuilder allowOrigin(String origin) {
    origins.add(origin);
    return this;
  }

  /** One more name of this server that clients may use, with a port or, for any port, without. */
  public GatewayBuilder allowHost(String name) {
    hosts.add(name.toLowerCase(Locale.ROOT));
    return this;
  }

  /** The clock of all limits and time stamps; it is looked at about four times a second. */
  public GatewayBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /** What answers other HTTP requests; nothing unless told otherwise. */
  public GatewayBuilder endpoint(HttpEndpoint answers) {
    endpoint = answers;
    return this;
  }

  /** Who is told what happens. */
  public GatewayBuilder listener(GatewayListener told) {
    listener = told;
    return this;
  }

  /**
   * Starts the gateway; it listens when this returns.
   *
   * @throws UncheckedIOException when the address cannot be listened on
   */
  public Gateway start() {
    Settings settings =
        new Settings(
            host, port, stage, apiId, ordered, profile, Set.copyOf(origins), Set.copyOf(hosts), clock, integration,
            endpoint, listener);
    try {
      return Gateway.start(settings, routes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + host + ":" + port, e);
    }
  }
}
