package dev.pinion;

import dev.pinion.spi.Sender;
import dev.pinion.spi.WebSocketModel;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An API Gateway WebSocket API. Declared with {@link Cloud#webSocket}. The {@code on…} methods declare a handler, and
 * are called in {@link App#define}. All other methods act: they are called in handlers, by any thread.
 *
 * <p>A connection that is gone is not an error: sending to one returns {@code false} (410 on AWS). The methods that act
 * throw {@link BadRequestException} if an id does not have the form of API Gateway's ids, {@link
 * LimitExceededException} if API Gateway throttles the call, {@link ForbiddenException} if the function's role does not
 * allow it, and {@link PhaseException} while {@code define} declares.
 */
public final class WebSocket {
  private final Binding binding;
  private final Routes routes;
  private WebSocketModel model;
  private volatile @Nullable Sender sender;

  WebSocket(WebSocketModel declared, Binding binding) {
    this.model = declared;
    this.binding = binding;
    this.routes = new Routes(binding, declared.id());
  }

  /** Declares the handler for clients that ask to connect ({@code $connect}). Without it, every client is accepted. */
  public HandlerOptions onConnect(ConnectHandler handler) {
    return routes.builtIn("$connect", "onConnect", handler, String.class, false);
  }

  /** Declares the handler for connections that have ended ({@code $disconnect}). */
  public HandlerOptions onDisconnect(DisconnectHandler handler) {
    return routes.builtIn("$disconnect", "onDisconnect", handler, String.class, false);
  }

  /** Declares the handler for messages that match no other route ({@code $default}). */
  public HandlerOptions onMessage(MessageHandler<String> handler) {
    return routes.builtIn("$default", "onMessage", handler, String.class, false);
  }

  /**
   * Declares the handler for messages that match no other route, converted from JSON. If a message does not fit the
   * type, the client gets the frame {@code Bad request body}, and the handler is not called.
   */
  public <T> HandlerOptions onMessage(Class<T> type, MessageHandler<T> handler) {
    return routes.builtIn("$default", "onMessage", handler, type, type != String.class);
  }

  /** Declares the handler for messages of a route. */
  public HandlerOptions onRoute(String key, MessageHandler<String> handler) {
    return routes.custom(key, "onRoute", handler, String.class, false);
  }

  /**
   * Declares the handler for messages of a route, converted from JSON. If a message does not fit the type, the client
   * gets the frame {@code Bad request body}, and the handler is not called.
   */
  public <T> HandlerOptions onRoute(String key, Class<T> type, MessageHandler<T> handler) {
    return routes.custom(key, "onRoute", handler, type, type != String.class);
  }

  /** Declares the handler for messages of a route. The sender gets the handler's result as an answer. */
  public HandlerOptions onRequest(String key, RequestHandler<String> handler) {
    return routes.custom(key, "onRequest", handler, String.class, true);
  }

  /**
   * Declares the handler for messages of a route, converted from JSON. The sender gets the handler's result as an
   * answer. If a message does not fit the type, the client gets the frame {@code Bad request body}, and the handler is
   * not called.
   */
  public <T> HandlerOptions onRequest(String key, Class<T> type, RequestHandler<T> handler) {
    return routes.custom(key, "onRequest", handler, type, true);
  }

  /**
   * Sends a text message to a connection.
   *
   * @param text at most 131,072 bytes of UTF-8
   * @return true if API Gateway accepted the message, false if the connection is gone (410)
   * @throws PayloadTooLargeException if the text is longer
   */
  public boolean sendMessage(String connectionId, String text) {
    return sender("sendMessage").postToConnection(connectionId, text);
  }

  /** Sends a record as JSON, like {@link #sendMessage(String, String)}. */
  public boolean sendMessage(String connectionId, Record message) {
    return sendMessage(connectionId, json("sendMessage", message));
  }

  /**
   * Sends one text to many connections and waits until all sends have been answered. Sends run concurrently, up to a
   * limit. If a connection is gone or a send fails, the others are not affected.
   *
   * @throws PayloadTooLargeException if the text has more than 131,072 bytes of UTF-8; then nothing is sent
   */
  public Broadcast broadcast(Iterable<String> connectionIds, String text) {
    return sender("broadcast").broadcast(connectionIds.iterator(), text);
  }

  /** Sends one text to many connections, like {@link #broadcast(Iterable, String)}. Consumes the stream. */
  public Broadcast broadcast(Stream<String> connectionIds, String text) {
    return sender("broadcast").broadcast(connectionIds.iterator(), text);
  }

  /** Sends one record as JSON to many connections, like {@link #broadcast(Iterable, String)}. */
  public Broadcast broadcast(Iterable<String> connectionIds, Record message) {
    return broadcast(connectionIds, json("broadcast", message));
  }

  /** Sends one record as JSON to many connections, like {@link #broadcast(Iterable, String)}. Consumes the stream. */
  public Broadcast broadcast(Stream<String> connectionIds, Record message) {
    return broadcast(connectionIds, json("broadcast", message));
  }

  /**
   * Closes a connection. The client gets close code 1000.
   *
   * @return false if the connection was already gone (410)
   */
  public boolean disconnect(String connectionId) {
    return sender("disconnect").deleteConnection(connectionId);
  }

  /** Returns the details of a connection; empty if it is gone (410). */
  public Optional<ConnectionInfo> connection(String connectionId) {
    return sender("connection").getConnection(connectionId);
  }

  /** Returns the URL that clients connect to, such as {@code ws://localhost:8080/prod}. */
  public String url() {
    return sender("url").url();
  }

  private String json(String call, Record message) {
    return binding.platform(model.id() + "." + call).json().write(message);
  }

  private Sender sender(String call) {
    Sender bound = sender;
    if (bound == null) {
      bound = binding.platform(model.id() + "." + call).sender(model);
      sender = bound;
    }
    return bound;
  }

  /** Ends the declaration of routes. */
  WebSocketModel freeze() {
    model = model.withRoutes(routes.freeze());
    return model;
  }

  WebSocketModel model() {
    return model;
  }

  Binding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "webSocket '" + model.id() + "'";
  }
}
