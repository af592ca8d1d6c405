package dev.pinion;

import dev.pinion.spi.Sender;
import dev.pinion.spi.UnsupportedTypeException;
import dev.pinion.spi.WebSocketModel;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An API Gateway WebSocket API. Declared with {@link Cloud#webSocket}; the {@code on…} calls declare what happens at
 * which event, the others act and are made in handlers, by any number of threads.
 *
 * <p>A connection that is gone is an everyday event: sending to one gives {@code false} (410 on AWS). All calls that
 * act throw {@link BadRequestException} for an id that is not of API Gateway's form, {@link LimitExceededException}
 * if API Gateway throttles the call, {@link ForbiddenException}, and {@link PhaseException} while {@link
 * App#define} declares.
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

  /** What happens when a client asks to connect ({@code $connect}). Without it every client is let in. */
  public HandlerOptions onConnect(ConnectHandler handler) {
    return routes.builtIn("$connect", "onConnect", handler, String.class, false);
  }

  /** What happens when a connection has ended ({@code $disconnect}). */
  public HandlerOptions onDisconnect(DisconnectHandler handler) {
    return routes.builtIn("$disconnect", "onDisconnect", handler, String.class, false);
  }

  /** What happens with a message that no other route takes ({@code $default}). */
  public HandlerOptions onMessage(MessageHandler<String> handler) {
    return routes.builtIn("$default", "onMessage", handler, String.class, false);
  }

  /**
   * What happens with a message that no other route takes, read from JSON. One that does not fit is answered with the
   * frame {@code Bad request body} and reaches no handler.
   */
  public <T> HandlerOptions onMessage(Class<T> type, MessageHandler<T> handler) {
    return routes.builtIn("$default", "onMessage", handler, type, type != String.class);
  }

  /** What happens with a message of a route. */
  public HandlerOptions onRoute(String key, MessageHandler<String> handler) {
    return routes.custom(key, "onRoute", handler, String.class, false);
  }

  /**
   * What happens with a message of a route, read from JSON. One that does not fit is answered with the frame {@code Bad
   * request body} and reaches no handler.
   */
  public <T> HandlerOptions onRoute(String key, Class<T> type, MessageHandler<T> handler) {
    return routes.custom(key, "onRoute", handler, type, type != String.class);
  }

  /** What happens with a message of a route whose sender gets the handler's result as an answer. */
  public HandlerOptions onRequest(String key, RequestHandler<String> handler) {
    return routes.custom(key, "onRequest", handler, String.class, true);
  }

  /**
   * What happens with a message of a route, read from JSON, whose sender gets the handler's result as an answer. One
   * that does not fit is answered with the frame {@code Bad request body} and reaches no handler.
   */
  public <T> HandlerOptions onRequest(String key, Class<T> type, RequestHandler<T> handler) {
    return routes.custom(key, "onRequest", handler, type, true);
  }

  /**
   * Sends a text message to a connection.
   *
   * @param text at most 131,072 bytes of UTF-8
   * @return true if API Gateway took the message, false if the connection is gone (410)
   * @throws PayloadTooLargeException for a longer text
   */
  public boolean sendMessage(String connectionId, String text) {
    return sendMessage(connectionId, (Object) text);
  }

  /**
   * Sends a message to a connection as {@link #sendMessage(String, String)} does: a {@link CharSequence} as it is, any
   * other value as JSON.
   *
   * @param message a record, or any other type that messages support
   * @throws IllegalArgumentException if it is not of a supported type; the error names the type and what to use instead
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
   * Sends one text to many connections, concurrently up to a bound, and returns when all have been answered. One that
   * is gone or fails does not stop the others.
   *
   * @throws PayloadTooLargeException for a text of more than 131,072 bytes of UTF-8; nobody gets it
   */
  public Broadcast broadcast(Iterable<String> connectionIds, String text) {
    return broadcast(connectionIds, (Object) text);
  }

  /** Sends one text to many connections, as {@link #broadcast(Iterable, String)}; consumes the stream. */
  public Broadcast broadcast(Stream<String> connectionIds, String text) {
    return broadcast(connectionIds, (Object) text);
  }

  /**
   * Sends one message to many connections, as {@link #broadcast(Iterable, String)}: a {@link CharSequence} as it is,
   * any other value as JSON.
   *
   * @param message a record, or any other type that messages support
   * @throws IllegalArgumentException if it is not of a supported type; nobody gets it
   */
  public Broadcast broadcast(Iterable<String> connectionIds, Object message) {
    String text = text("broadcast", message);
    return sender("broadcast").broadcast(connectionIds.iterator(), text);
  }

  /** Sends one message to many connections, as {@link #broadcast(Iterable, Object)}; consumes the stream. */
  public Broadcast broadcast(Stream<String> connectionIds, Object message) {
    String text = text("broadcast", message);
    return sender("broadcast").broadcast(connectionIds.iterator(), text);
  }

  /**
   * Closes a connection; its client sees close status 1000.
   *
   * @return false when the connection is gone already (410)
   */
  public boolean disconnect(String connectionId) {
    return sender("disconnect").deleteConnection(connectionId);
  }

  /** What API Gateway knows of a connection; empty when it is gone (410). */
  public Optional<ConnectionInfo> connection(String connectionId) {
    return sender("connection").getConnection(connectionId);
  }

  /** The URL that clients connect to, such as {@code ws://localhost:8080/prod}. Known once the app runs. */
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
