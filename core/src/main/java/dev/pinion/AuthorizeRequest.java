package dev.pinion;

import dev.pinion.spi.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The handshake of a client that asks to connect, as an {@link AuthorizeHandler} gets it. It stays valid after the
 * handler has returned. Any thread.
 */
public final class AuthorizeRequest {
  private final Event.Connect event;

  /** Creates the request of an event; for platforms and tests. */
  public AuthorizeRequest(Event.Connect event) {
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

  /** The client's address. */
  public String sourceIp() {
    return event.connection().sourceIp();
  }

  /** The handshake's {@code User-Agent}; empty if the client sent none. */
  public Optional<String> userAgent() {
    return event.connection().userAgent();
  }

  /** The host that the client asked. */
  public String domainName() {
    return event.connection().domainName();
  }

  /** The stage of the WebSocket API. */
  public String stage() {
    return event.connection().stage();
  }

  /** API Gateway's id of the connection, which exists once the client is accepted. */
  public String connectionId() {
    return event.connection().connectionId();
  }

  /** API Gateway's id of this request, for logs. */
  public String requestId() {
    return event.requestId();
  }

  /** When the request reached API Gateway. */
  public Instant time() {
    return Instant.ofEpochMilli(event.requestTimeEpoch());
  }

  @Override
  public String toString() {
    return "request to connect " + connectionId();
  }
}
