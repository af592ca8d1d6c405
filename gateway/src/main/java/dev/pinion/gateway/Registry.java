package dev.pinion.gateway;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A gateway's connections by id: those that are open, and those whose handshake waits for a verdict. Thread-safe. */
final class Registry {
  private final ConcurrentMap<String, Connection> connections = new ConcurrentHashMap<>();

  void add(Connection connection) {
    connections.put(connection.context().connectionId(), connection);
  }

  void remove(Connection connection) {
    connections.remove(connection.context().connectionId(), connection);
  }

  Optional<Connection> find(String id) {
    return Optional.ofNullable(connections.get(id));
  }

  Collection<Connection> all() {
    return connections.values();
  }

  int open() {
    return (int) connections.values().stream().filter(Connection::isOpen).count();
  }
}
