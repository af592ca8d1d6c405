package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;

/**
 * What a gateway tells about its work: the log's seam.
 *
 * <p>Called on the gateway's event loops unless a method says otherwise, by several threads at once; it must not block
 * and must not throw. Every method does nothing, save {@link #failed} and {@link #broke}, which write to the {@link
 * System.Logger} of this package's name. Messages and header values are never passed.
 */
public interface GatewayListener {

  /**
   * A handshake has passed all checks, and its {@code $connect} handler is about to be asked.
   *
   * @param key the handshake's {@code Sec-WebSocket-Key}
   */
  default void connecting(ConnectionContext connection, String key) {}

  /** A connection is open: its handshake was answered 101. */
  default void opened(ConnectionContext connection) {}

  /** An open connection has ended. On any thread. */
  default void closed(ConnectionContext connection, CloseStatus status) {}

  /**
   * Nothing of a connection is left: it has ended, or was not opened, and all its handlers have finished, that of
   * {@code $disconnect} too. On any thread, also shortly before {@link #closed}.
   */
  default void finished(ConnectionContext connection) {}

  /**
   * A client broke a rule of the protocol or a limit: its connection is closed, of which {@link #closed} tells.
   *
   * @param what what the client sent, for people
   */
  default void cutOff(ConnectionContext connection, CloseStatus status, String what) {}

  /**
   * A handshake or another request was turned away.
   *
   * @param target the request's path, empty when the request could not be read
   * @param status the answer's status
   * @param why the rule that was not met
   */
  default void refused(String target, int status, String why) {}

  /**
   * A handshake was turned away by the {@code $connect} handler, of which {@link #refused} tells unless this does.
   *
   * @param target the request's path
   * @param status the answer's status
   * @param why that it was the handler, for people
   */
  default void rejected(String target, int status, String why) {
    refused(target, status, why);
  }

  /**
   * A handshake was turned away by the authorizer, of which {@link #refused} tells unless this does.
   *
   * @param target the request's path
   * @param status the answer's status
   * @param why that it was the authorizer, for people
   */
  default void unauthorized(String target, int status, String why) {
    refused(target, status, why);
  }

  /**
   * A handshake that carries a token is about to be asked of {@code $connect}.
   *
   * @param token the token, 24 hexadecimal digits
   */
  default void connectingClient(String token, ConnectionContext connection) {}

  /**
   * A handshake that carries a token was turned away; {@link #refused(String, int, String)} tells of it, too.
   *
   * @param token the token, 24 hexadecimal digits
   * @param status the answer's status
   * @param why the rule that was not met
   */
  default void refusedClient(String token, int status, String why) {}

  /**
   * A message has no route, and there is no {@code $default}. On a handler's thread.
   *
   * @param why what the {@link RouteSelector} says about the message, for people
   */
  default void unrouted(ConnectionContext connection, String why) {}

  /** The gateway has sent a frame of its own, or got one that no handler gets. On any thread. */
  default void frame(ConnectionContext connection, GatewayFrame frame) {}

  /** A reply or an error frame was dropped: the client reads too slowly, and its buffer is full. On any thread. */
  default void undelivered(ConnectionContext connection) {}

  /** Too much waits for all clients, and this one is behind for longest: its connection is about to be closed. */
  default void tooSlow(ConnectionContext connection) {}

  /**
   * A {@code $connect} handler has sent a message to its own connection, not yet open: API Gateway answers 410.
   * On the handler's thread, so that its stack has the line.
   */
  default void sentWhileConnecting(ConnectionContext connection) {}

  /** A handler threw, or answered what is not an HTTP status. On the handler's thread. */
  default void failed(Event event, Throwable failure) {
    System.getLogger(GatewayListener.class.getPackageName())
        .log(System.Logger.Level.ERROR, () -> event.routeKey() + " failed for " + event.requestId(), failure);
  }

  /**
   * A handler did not finish within the integration timeout, and the client was told so.
   *
   * @param goesOn whether the handler goes on until its own timeout; otherwise it was interrupted
   */
  default void timedOut(Event event, boolean goesOn) {}

  /**
   * A handler that was interrupted one second ago still runs.
   *
   * @param stack where it is, innermost frame first
   */
  default void stillRuns(Event event, StackTraceElement[] stack) {}

  /** The gateway itself is at fault; the socket concerned was closed. */
  default void broke(Throwable bug) {
    System.getLogger(GatewayListener.class.getPackageName()).log(System.Logger.Level.ERROR, "Gateway error", bug);
  }
}
