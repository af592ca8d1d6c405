package dev.pinion;

import dev.pinion.spi.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connection of a client that asks to connect. The client is connected only after the handler has returned: until
 * then, a send to it fails as a send to a connection that is gone (410).
 */
public final class OpeningConnection extends Connection {
  private final Event.Connect event;
  private volatile Optional<String> accepted = Optional.empty();

  /** Creates the connection of an event; for platforms and tests. */
  public OpeningConnection(Event.Connect event) {
    super(event);
    this.event = event;
  }

  /** Returns the first value of a header of the handshake. The name is not case-sensitive. */
  public Optional<String> header(String name) {
    return HandshakeValues.header(event, name).findFirst();
  }

  /** All headers of the handshake that API Gateway passes on, with their values. */
  public Map<String, List<String>> headers() {
    return event.headers();
  }

  /** Returns the first value of a query parameter of the URL. */
  public Optional<String> query(String name) {
    return HandshakeValues.query(event, name).findFirst();
  }

  /** All query parameters of the URL, with their values. */
  public Map<String, List<String>> query() {
    return event.queryStringParameters();
  }

  /** The subprotocols that the client offers, in its order of preference (RFC 6455, section 1.9). */
  public List<String> subprotocols() {
    return HandshakeValues.subprotocols(event);
  }

  /**
   * Accepts one of the subprotocols that the client offers. If a browser offers subprotocols and none is accepted, it
   * closes the connection.
   *
   * @throws IllegalArgumentException if the client did not offer the subprotocol
   */
  public void accept(String subprotocol) {
    if (!subprotocols().contains(subprotocol)) {
      throw new IllegalArgumentException(
          "the client did not offer the subprotocol '" + subprotocol + "' but " + subprotocols());
    }
    accepted = Optional.of(subprotocol);
  }

  /**
   * Creates the exception that rejects the client: {@code throw connection.reject(401)}.
   *
   * @param statusCode the HTTP status that the client gets, 400 to 599
   */
  public RejectedException reject(int statusCode) {
    return new RejectedException(statusCode);
  }

  /** The subprotocol that the handler has accepted. */
  public Optional<String> acceptedSubprotocol() {
    return accepted;
  }
}
