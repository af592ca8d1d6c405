package dev.pinion;

import dev.pinion.spi.Sender;
import dev.pinion.spi.UnsupportedTypeException;
import dev.pinion.spi.WebSocketModel;
import java.util.List;
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
  private final Authorizers authorizers;
  private WebSocketModel model;
  private volatile @Nullable Sender sender;

  WebSocket(WebSocketModel declared, Binding binding) {
    this.model = declared;
    this.binding = binding;
    this.routes = new Routes(binding, declared.id());
    this.authorizers = new Authorizers(binding, declared);
  }

  /**
   * Declares who may connect: the handler of a Lambda REQUEST authorizer, or a ready-made one. What it allows goes on
   * to the handler of {@link #onConnect}, and the context that it returns is in {@link Connection#authorizer} of all
   * events of the connection.
   */
  public HandlerOptions onAuthorize(AuthorizeHandler handler) {
    return authorizers.add(handler, List.of());
  }

  /**
   * Declares who may connect, like {@link #onAuthorize(AuthorizeHandler)}, for a handler that reads a token from one
   * place. If that is a header or a query parameter, API Gateway answers 401 to a handshake without it, and the handler
   * is not called.
   */
  public HandlerOptions onAuthorize(TokenFrom token, AuthorizeHandler handler) {
    return authorizers.add(handler, List.of(token));
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
    return sendMessage(connectionId, (Object) text);
  }

  /**
   * Sends a message to a connection, like {@link #sendMessage(String, String)}: a {@link CharSequence} as it is, any
   * other value as JSON.
   *
   * @param message a record, or any other type that messages support
   * @throws IllegalArgumentException if its type is not supported; the message names the type and what to use instead
   */
  public boolean sendMessage(String connectionId, Object message) {
    String text = text("sendMessage", message);
    if (connectionId == null) {
      throw new NullPointerException(at("sendMessage") + "the connection id is null");
    }
    try {
      return sender("sendMessage").postToConnection(connectionId, text);
    } catch (BadRequestException e) {
      if (isConnectionId(connectionId) || !isConnectionId(text)) throw e;
      BadRequestException swapped =
          new BadRequestException(
              at("sendMessage") + "the message comes before the connection id: swap the arguments (" + e.getMessage()
                  + ")");
      swapped.initCause(e);
      throw swapped;
    }
  }

  /**
   * Sends one text to many connections and waits until all sends have been answered. Sends run concurrently, up to a
   * limit. If a connection is gone or a send fails, the others are not affected.
   *
   * @throws PayloadTooLargeException if the text has more than 131,072 bytes of UTF-8; then nothing is sent
   */
  public Broadcast broadcast(Iterable<String> connectionIds, String text) {
    return broadcast(connectionIds, (Object) text);
  }

  /** Sends one text to many connections, like {@link #broadcast(Iterable, String)}. Consumes the stream. */
  public Broadcast broadcast(Stream<String> connectionIds, String text) {
    return broadcast(connectionIds, (Object) text);
  }

  /**
   * Sends one message to many connections, like {@link #broadcast(Iterable, String)}: a {@link CharSequence} as it is,
   * any other value as JSON.
   *
   * @param message a record, or any other type that messages support
   * @throws IllegalArgumentException if its type is not supported; then nothing is sent
   */
  public Broadcast broadcast(Iterable<String> connectionIds, Object message) {
    String text = text("broadcast", message);
    return sender("broadcast").broadcast(connectionIds.iterator(), text);
  }

  /** Sends one message to many connections, like {@link #broadcast(Iterable, Object)}. Consumes the stream. */
  public Broadcast broadcast(Stream<String> connectionIds, Object message) {
    String text = text("broadcast", message);
    return sender("broadcast").broadcast(connectionIds.iterator(), text);
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

  private String text(String call, @Nullable Object message) {
    @Nullable Object value = message instanceof Optional<?> optional ? optional.orElse(null) : message;
    if (value == null) {
      throw new NullPointerException(at(call) + "the message is " + (message == null ? "null" : "an empty Optional"));
    }
    if (value instanceof CharSequence text) return text.toString();
    try {
      return binding.platform(model.id() + "." + call).json().write(value);
    } catch (UnsupportedTypeException e) {
      throw new IllegalArgumentException(at(call) + "this cannot be sent: " + e.getMessage(), e);
    }
  }

  /** Begins an error at a call. */
  private String at(String call) {
    return Callers.location() + ": " + model.id() + "." + call + ": ";
  }

  private static boolean isConnectionId(String text) {
    return text.matches("[A-Za-z0-9+/_-]{11,31}=");
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
    model = authorizers.freeze(model.withRoutes(routes.freeze()));
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
