package dev.pinion.gateway;

/** What the parts of one gateway share. Thread-safe. */
final class Hub {
  private final Settings settings;
  private final Ids ids = new Ids();
  private final Registry registry = new Registry();
  private final Departures departures = new Departures();
  private final Lobby lobby;
  private final Lobby exit = new Lobby(Integer.MAX_VALUE, Long.MAX_VALUE);
  private final TokenBucket newConnections;
  private final Gatekeeper gatekeeper;
  private final SocketSender sender;
  private final int port;
  private final String authority;
  private volatile Routes routes;
  private volatile boolean closed;

  Hub(Settings settings, Routes routes, int port) {
    this.settings = settings;
    this.routes = routes;
    this.port = port;
    authority = authority(settings.host(), port);
    lobby = new Lobby(settings.profile().pendingRequests, settings.profile().pendingBytes);
    newConnections =
        new TokenBucket(settings.profile().connectionRate, settings.profile().connectionBurst, now());
    gatekeeper = new Gatekeeper(settings, port);
    sender = new SocketSender(this);
  }

  Settings settings() {
    return settings;
  }

  Profile profile() {
    return settings.profile();
  }

  GatewayListener listener() {
    return settings.listener();
  }

  /** The time in milliseconds since the epoch. */
  long now() {
    return settings.clock().millis();
  }

  Ids ids() {
    return ids;
  }

  Registry registry() {
    return registry;
  }

  Departures departures() {
    return departures;
  }

  /** The sockets that have not yet sent a whole request. */
  Lobby lobby() {
    return lobby;
  }

  /** The sockets that have been given the last they are sent. */
  Lobby exit() {
    return exit;
  }

  TokenBucket newConnections() {
    return newConnections;
  }

  Gatekeeper gatekeeper() {
    return gatekeeper;
  }

  SocketSender sender() {
    return sender;
  }

  int port() {
    return port;
  }

  Routes routes() {
    return routes;
  }

  void routes(Routes next) {
    routes = next;
  }

  boolean isClosed() {
    return closed;
  }

  /** From now on nobody may connect. */
  void close() {
    closed = true;
  }

  /** This server's name and port, as clients are told. */
  String authority() {
    return authority;
  }

  private static String authority(String host, int port) {
    boolean anyAddress = host.equals("127.0.0.1") || host.equals("0.0.0.0") || host.equals("::");
    String name = anyAddress ? "localhost" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return name + ":" + port;
  }

  /** Looks for limits that are exceeded. */
  void sweep() {
    long now = now();
    lobby.sweep(now);
    exit.sweep(now);
    registry.all().forEach(connection -> connection.sweep(now));
    departures.forEach(lane -> lane.sweep(now));
  }
}
