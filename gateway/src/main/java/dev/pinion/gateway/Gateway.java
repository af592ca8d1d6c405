package dev.pinion.gateway;

import dev.pinion.engine.EventLoop;
import dev.pinion.engine.Network;
import dev.pinion.engine.Server;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Sender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A WebSocket server that behaves like one API Gateway WebSocket API: handshakes, frames, routes, limits, close codes,
 * and {@code @connections} on the same port. {@link GatewayBuilder} starts one.
 *
 * <p>All methods may be called from any thread. Gateways of one process share their event loops. The process runs until
 * its last gateway is closed.
 */
public final class Gateway implements AutoCloseable {
  private final Settings settings;
  private final ServerAddress address;
  private final HandlerLoops loops;
  private final Departures departures = new Departures();
  private final ConnectionRegistry registry;
  private final SocketSender sender;
  private final GatewayRequests requests;
  private final Server server;
  private final EventLoop ticking;
  private final Runnable ticker = this::tick;
  private final Debugger debugger = new Debugger(System.nanoTime());
  /** Until when a debugger held up handlers, so that time did not count. */
  private volatile long held;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(Settings settings, ServerSocketChannel listening, HandlerLoops loops)
      throws IOException {
    this.settings = settings;
    this.loops = loops;
    address =
        ServerAddress.of(settings.host(), ((InetSocketAddress) listening.getLocalAddress()).getPort());
    Events events = new Events(new Ids());
    Profile profile = settings.profile();
    QueueSettings queues =
        new QueueSettings(
            profile.messagesInFlight, settings.clock(), events, new HandlerInvoker(settings, events), departures);
    registry = new ConnectionRegistry(settings, queues, loops);
    sender = new SocketSender(settings, address, registry);
    requests = new GatewayRequests(settings, address, events.ids(), registry, sender);
    server = Server.serve(loops.loops(), listening, settings.serverLimits(), settings.clock(), requests);
    ticking = loops.loops().all().getFirst();
    ticking.addTicker(ticker);
  }

  static Gateway start(Settings settings) throws IOException {
    ServerSocketChannel listening = Server.listen(settings.host(), settings.port());
    return new Gateway(settings, listening, HandlerLoops.acquire());
  }

  /** Returns the port it listens on. */
  public int port() {
    return address.port();
  }

  /** Returns the URL that clients connect to, such as {@code ws://localhost:8080/prod}. */
  public String url() {
    return sender.url();
  }

  /** Returns where it answers HTTP, such as {@code http://localhost:8080}. */
  public String origin() {
    return "http://" + address.authority();
  }

  /** Returns the management API, without HTTP in between. */
  public Sender sender() {
    return sender;
  }

  /** Changes the routes of all messages that are handled from now on; open connections stay open. */
  public void routes(RouteTable table) {
    deploy(settings.deployment().withRoutes(table));
  }

  /**
   * Replaces the deployment for all that begins from now on. Open connections stay open. What waits to be handled goes
   * to the new handlers, in its order; a handler that runs goes on, and ends, in the deployment that it began in.
   */
  public void deploy(Deployment next) {
    settings.deployed().set(next);
  }

  /** Returns the limits and behaviours of this moment. */
  public Profile profile() {
    return settings.profile();
  }

  /**
   * Changes limits, for connections that are open too: those that {@link Limit} lists. Other settings of a profile stay
   * as they were when a connection, or the gateway, began.
   */
  public void profile(Profile next) {
    settings.moment().updateAndGet(moment -> new Moment(next, moment.network()));
    registry.forEach(each -> each.socket().execute(() -> each.session().limits(settings.frameLimits())));
  }

  /**
   * Slows down the network to all clients that are connected, and to those that connect from now on. What is on its way
   * keeps its order. All limits hold as they do for slow clients: what waits for a client is bounded, and close frames
   * come behind what was sent before.
   */
  public void network(Network network) {
    settings.moment().updateAndGet(moment -> new Moment(moment.profile(), network));
    registry.forEach(each -> slow(each, network));
  }

  /** Slows down the network to one client, as {@link #network(Network)} does; returns false if it is gone. */
  public boolean network(String connectionId, Network network) {
    return registry.find(connectionId).filter(ClientConnection::isOpen).map(found -> {
      slow(found, network);
      return true;
    }).orElse(false);
  }

  private static void slow(ClientConnection connection, Network network) {
    connection.socket().execute(() -> connection.socket().network(network));
  }

  /** Returns the handlers of some deployments that run. It walks over all connections. */
  public List<DeployedHandler> running(Predicate<Deployment> whose) {
    return Stream.concat(registry.running(whose), departures.running(whose)).toList();
  }

  /** Returns how many connections are open. */
  public int connections() {
    return registry.open();
  }

  /**
   * Returns the open connections that are wanted, the newest first. It walks over all of them.
   *
   * @param wanted which ones; called for each
   * @param most how many at most
   */
  public List<ConnectionStatus> connections(Predicate<ConnectionContext> wanted, int most) {
    return registry.open(wanted, most);
  }

  /** Closes without waiting for handlers. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes: takes no more clients, closes all connections at once with 1001, and waits for the handlers that run, those
   * of {@code $disconnect} among them.
   *
   * @param grace how long to wait, in real time
   * @return the events whose handlers had not finished by then; they run on
   */
  public List<Event> close(Duration grace) {
    if (!closed.compareAndSet(false, true)) {
      return List.of();
    }
    requests.close();
    server.stopAccepting();
    registry.end(CloseStatuses.GOING_AWAY);
    List<Event> unfinished = departures.await(grace.toNanos());
    ticking.removeTicker(ticker);
    server.close();
    loops.release();
    return unfinished;
  }

  /** Breaks a connection, as if its client were lost; does nothing if it is gone. */
  public void lose(String connectionId) {
    registry.find(connectionId).ifPresent(ClientConnection::lose);
  }

  /** Returns what waits and runs, of open and of ended connections. It walks over all of them: for tests. */
  public HandlerLoad handlerLoad() {
    return registry.handlerLoad().plus(departures.handlerLoad());
  }

  /** Returns what {@link #handlerLoad} counts, those that wait last. It walks over all connections: for tests. */
  public List<PendingEvent> pending() {
    return Stream.concat(registry.pending().stream(), departures.pending().stream()).distinct()
        .sorted(Comparator.comparing(each -> each.thread().isEmpty())).toList();
  }

  private void tick() {
    if (debugger.holdsTime()) {
      held = settings.clock().millis();
    } else {
      sweep();
    }
  }

  /** Applies the limits of time now. This happens by itself four times a second; tests that set the clock call it. */
  public void sweep() {
    long now = settings.clock().millis();
    registry.sweep(now, held);
    departures.sweep(now, held);
  }
}
