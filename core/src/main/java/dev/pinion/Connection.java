package dev.pinion;

import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.MessageIds;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A client's connection, as described by one event. It stays valid after the handler has returned. */
public sealed class Connection permits OpeningConnection, ClosedConnection {
  private final ConnectionContext context;
  private final MessageIds ids;

  /** Creates the connection of an event; for platforms and tests. */
  public Connection(Event event) {
    this.context = event.connection();
    // Not the event itself, which would keep the message as long as this.
    this.ids = event instanceof Event.Message message ? message.ids() : MessageIds.of(event.requestId(), "");
  }

  /** API Gateway's id of the connection, which {@link WebSocket#sendMessage} takes. */
  public final String id() {
    return context.connectionId();
  }

  /** When the client connected. */
  public final Instant connectedAt() {
    return Instant.ofEpochMilli(context.connectedAt());
  }

  /** The client's address. */
  public final String sourceIp() {
    return context.sourceIp();
  }

  /** The handshake's {@code User-Agent}; empty if the client sent none. */
  public final Optional<String> userAgent() {
    return context.userAgent();
  }

  /** The host that the client connected to. */
  public final String domainName() {
    return context.domainName();
  }

  /** The stage of the WebSocket API. */
  public final String stage() {
    return context.stage();
  }

  /**
   * The values that the API's authorizer returned when it accepted the client, such as {@code principalId}; numbers and
   * booleans as JSON text. Empty without an authorizer, and so always on the developer's machine.
   */
  public final Map<String, String> authorizer() {
    return context.authorizer();
  }

  /** API Gateway's id of this event, for logs. */
  public final String requestId() {
    return ids.requestId();
  }

  @Override
  public final String toString() {
    return "connection " + id();
  }
}
