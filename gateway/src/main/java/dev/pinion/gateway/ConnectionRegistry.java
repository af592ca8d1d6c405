package dev.pinion.gateway;

import dev.pinion.engine.ClientSocket;
import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.ConnectionContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A gateway's connections by id: those that are open, and those whose handshake waits for a verdict. Thread-safe. */
final class ConnectionRegistry {
  private final Settings settings;
  private final QueueSettings queues;
  private final HandlerLoops loops;
  private final Consumer<ClientConnection> onEnd = this::remove;
  private final ConcurrentMap<String, ClientConnection> connections = new ConcurrentHashMap<>();

  ConnectionRegistry(Settings settings, QueueSettings queues, HandlerLoops loops) {
    this.settings = settings;
    this.queues = queues;
    this.loops = loops;
  }

  /** Adds a connection whose handshake waits for a verdict. It leaves the registry when it ends. */
  ClientConnection add(ClientSocket socket, ConnectionContext context) {
    ClientConnection connection =
        new ClientConnection(settings, queues, loops.of(socket.loop()), socket, context, onEnd);
    connections.put(context.connectionId(), connection);
    return connection;
  }

  private void remove(ClientConnection connection) {
    connections.remove(connection.context().connectionId(), connection);
  }

  Optional<ClientConnection> find(String id) {
    return Optional.ofNullable(connections.get(id));
  }

  /** Returns how many are open. */
  int open() {
    return (int) connections.values().stream().filter(ClientConnection::isOpen).count();
  }

  /** Returns the open connections that are wanted, the newest first. */
  List<ConnectionStatus> open(Predicate<ConnectionContext> wanted, int most) {
    return connections.values().stream().filter(each -> each.isOpen() && wanted.test(each.context()))
        .sorted(Comparator.comparingLong((ClientConnection each) -> each.context().connectedAt()).reversed())
        .limit(most).map(ClientConnection::status).toList();
  }

  /** Returns what waits and runs. */
  HandlerLoad handlerLoad() {
    HandlerLoad all = HandlerLoad.NONE;
    for (ClientConnection connection : connections.values()) {
      HandlerLoad one = connection.handlerLoad();
      if (!one.isIdle()) {
        all = all.plus(one);
      }
    }
    return all;
  }

  /** Returns what is not handled to its end. */
  List<PendingEvent> pending() {
    return connections.values().stream().flatMap(each -> each.pending().stream()).toList();
  }

  /** Returns the handlers of some deployments that run. */
  Stream<DeployedHandler> running(Predicate<Deployment> whose) {
    return connections.values().stream().flatMap(each -> each.running(whose).stream());
  }

  /** Ends all. */
  void end(CloseStatus status) {
    connections.values().forEach(connection -> connection.end(status, status, "by the gateway, which closes"));
  }

  /** Calls an action with each connection, whether it is open or not. */
  void forEach(Consumer<ClientConnection> action) {
    connections.values().forEach(action);
  }

  /** Looks for exceeded limits, at a time in milliseconds; until another one time did not count. */
  void sweep(long now, long held) {
    connections.values().forEach(connection -> connection.sweep(now, held));
  }
}
