package dev.pinion;

import dev.pinion.spi.Event;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A client that asks to connect. It is connected only once the handler has returned: a send to it before is a send to a
 * connection that is gone (410).
 */
public final class OpeningConnection extends Connection {
  private final Event.Connect event;
  private volatile Optional<String> accepted = Optional.empty();

  /** The connection of an event; for platforms and tests. */
  public OpeningConnection(Event.Connect event) {
    super(event);
    this.event = event;
  }

  /** A header of the handshake, its first value; names in any case. */
  public Optional<String> header(String name) {
    return values(event.headers(), name, true).findFirst();
  }

  /** All headers of the handshake that API Gateway hands on, each with its values. */
  public Map<String, List<String>> headers() {
    return event.headers();
  }

  /** A parameter of the URL's query, its first value. */
  public Optional<String> query(String name) {
    return values(event.queryStringParameters(), name, false).findFirst();
  }

  /** All parameters of the URL's query, each with its values. */
  public Map<String, List<String>> query() {
    return event.queryStringParameters();
  }

  private static Stream<String> values(
      Map<String, List<String>> all, String name, boolean anyCase) {
    return all.entrySet().stream()
        .filter(
            entry -> anyCase ? entry.getKey().equalsIgnoreCase(name) : entry.getKey().equals(name))
        .flatMap(entry -> entry.getValue().stream());
  }

  /** The subprotocols that the client offers, in its order of preference (RFC 6455, section 1.9). */
  public List<String> subprotocols() {
    return values(event.headers(), "Sec-WebSocket-Protocol", true)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * Chooses one of the subprotocols that the client offers. A browser that offers some and gets none closes the
   * connection.
   *
   * @throws IllegalArgumentException for one that the client did not offer
   */
  public void accept(String subprotocol) {
    if (!subprotocols().contains(subprotocol)) {
      throw new IllegalArgumentException(
          "the client did not offer the subprotocol '" + subprotocol + "' but " + subprotocols());
    }
    accepted = Optional.of(subprotocol);
  }

  /**
   * Turns the client away: {@code throw connection.reject(401)}.
   *
   * @param statusCode the HTTP status that the client gets, 400 to 599
   */
  public RejectedException reject(int statusCode) {
    return new RejectedException(statusCode);
  }

  /** The subprotocol that the handler chose. */
  public Optional<String> acceptedSubprotocol() {
    return accepted;
  }
}
