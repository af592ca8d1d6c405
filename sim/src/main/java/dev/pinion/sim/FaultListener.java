package dev.pinion.sim;

import dev.pinion.engine.CloseStatus;
import dev.pinion.gateway.GatewayListener;
import dev.pinion.spi.ConnectionContext;

/** Lets faults know the connections, as long as there are any. Any thread. */
record FaultListener(Faults faults, GatewayListener next) implements GatewayListener {
  @Override
  public void connecting(ConnectionContext connection, String key) {
    faults.connecting(connection.connectionId());
    next.connecting(connection, key);
  }

  @Override
  public void opened(ConnectionContext connection) {
    next.opened(connection);
  }

  @Override
  public void closed(ConnectionContext connection, CloseStatus status) {
    next.closed(connection, status);
  }

  @Override
  public void finished(ConnectionContext connection) {
    faults.finished(connection.connectionId());
    next.finished(connection);
  }
}
