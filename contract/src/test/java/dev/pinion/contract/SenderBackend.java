package dev.pinion.contract;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.Sender;
import java.time.Instant;
import java.util.function.Function;

/** A running WebSocket server, with the sender under test. */
public interface SenderBackend extends AutoCloseable {

  /** Starts a server. */
  @FunctionalInterface
  interface Start {
    /** Starts it with a handler for {@code $connect}; it has no other route. */
    SenderBackend with(Function<Event, Response> onConnect);
  }

  /** The sender under test. */
  Sender sender();

  /** Where clients connect. */
  String url();

  /** When the server accepted a connection that is open. */
  Instant connectedAt(String connectionId);

  /** Closes all connections and ends the server. */
  @Override
  void close();
}
