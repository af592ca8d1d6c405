package dev.pinion.spi;

import dev.pinion.Authorization;
import dev.pinion.AuthorizeHandler;
import dev.pinion.AuthorizeRequest;
import dev.pinion.ChangeHandler;
import dev.pinion.ClosedConnection;
import dev.pinion.ConnectHandler;
import dev.pinion.Connection;
import dev.pinion.DisconnectHandler;
import dev.pinion.HttpBodyHandler;
import dev.pinion.HttpCall;
import dev.pinion.HttpCallHandler;
import dev.pinion.HttpReply;
import dev.pinion.MessageHandler;
import dev.pinion.OpeningConnection;
import dev.pinion.QueueHandler;
import dev.pinion.QueueMessageHandler;
import dev.pinion.RejectedException;
import dev.pinion.RequestHandler;
import dev.pinion.TableChange;
import dev.pinion.TaskHandler;
import dev.pinion.Tick;
import dev.pinion.TickHandler;
import dev.pinion.UnreadableBodyException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handler of an event, in the same way on every platform: it converts the body to the type that the handler
 * takes, calls the handler, and converts the result to the answer for API Gateway. A tick
 * of a schedule has no body and no answer, and the start of a task and a message of a queue have no answer. While a
 * handler runs, its {@link HandlerScope} is bound. Any thread.
 */
public final class Dispatcher {
  private final Map<String, RouteModel> routes = new HashMap<>();
  private final List<String> subprotocols;
  private final JsonCodec json;
  private final BiConsumer<RouteModel, String> misfits;

  /** Creates a dispatcher for one WebSocket API of an app that is bound to its platform. */
  public Dispatcher(WebSocketModel webSocket, JsonCodec json) {
    this(webSocket, json, (_, _) -> {});
  }

  /**
   * Creates a dispatcher for one WebSocket API of an app that is bound to its platform.
   *
   * @param misfits is told of each message that does not fit its route's type, and why, before its client is answered
   */
  public Dispatcher(WebSocketModel webSocket, JsonCodec json, BiConsumer<RouteModel, String> misfits) {
    webSocket.routes().forEach(route -> routes.put(route.key(), route));
    this.subprotocols = webSocket.access().authorizer().map(AuthorizerModel::subprotocols).orElse(List.of());
    this.json = json;
    this.misfits = misfits;
  }

  /**
   * Calls the handler of an authorizer and waits for it. In the context of what it allows, arrays and objects have
   * become JSON text. An exception whose message is exactly {@code Unauthorized} is AWS's own way to say so.
   *
   * @throws Exception if the handler throws it
   */
  public static Authorization dispatch(Event.Connect event, AuthorizerModel authorizer, JsonCodec json)
      throws Exception {
    HandlerScope scope = HandlerScope.enter(authorizer.path());
    try {
      return switch (authorizer.handler().authorize(new AuthorizeRequest(event))) {
        case null -> throw new IllegalArgumentException(
            "the authorizer returned null: return Authorization.allow, deny or unauthorized");
        case Authorization.Allow(String principal, Map<String, Object> context) ->
            new Authorization.Allow(principal, scalars(authorizer, context, json));
        case Authorization.Deny deny -> deny;
        case Authorization.Unauthorized unauthorized -> unauthorized;
      };
    } catch (Exception e) {
      if ("Unauthorized".equals(e.getMessage())) return Authorization.unauthorized();
      throw e;
    } finally {
      scope.exit();
    }
  }

  private static Map<String, Object> scalars(
      AuthorizerModel authorizer, Map<String, Object> context, JsonCodec json) {
    Map<String, Object> scalars = new LinkedHashMap<>();
    context.forEach((key, value) -> {
      try {
        String text = text(value, json);
        scalars.put(key, value instanceof Number || value instanceof Boolean ? value : text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            authorizer.location() + ": the authorizer's value of '" + key + "' cannot be sent: " + e.getMessage(), e);
      }
    });
    return scalars;
  }

  /** Returns a value as text: what JSON has as a string, such as an enum or a time, without its quotes. */
  private static String text(Object value, JsonCodec json) {
    String text = json.text(value);
    if (value instanceof CharSequence || !text.startsWith("\"")) return text;
    try {
      return json.read(text, String.class);
    } catch (JsonCodec.MismatchException e) {
      throw new IllegalStateException("not a text: " + text, e);
    }
  }

  /**
   * Calls the handler of the event's route and waits for it.
   *
   * @throws Exception if the handler throws it; a rejection becomes an answer instead
   * @throws IllegalArgumentException if the API does not have the event's route
   */
  public Response dispatch(Event event) throws Exception {
    return dispatch(event, HandlerStart.UNWATCHED);
  }

  /**
   * Calls the handler of the event's route, like {@link #dispatch(Event)}.
   *
   * @param start is told right before the handler is called
   */
  public Response dispatch(Event event, HandlerStart start) throws Exception {
    RouteModel route = routes.get(event.routeKey());
    if (route == null) {
      throw new IllegalArgumentException("no route '" + event.routeKey() + "' in " + routes.keySet());
    }
    HandlerScope scope = HandlerScope.enter(route.path());
    try {
      return dispatch(event, route, start);
    } finally {
      scope.exit();
    }
  }

  /**
   * Calls the handler of a schedule and waits for it.
   *
   * @throws Exception if the handler throws it
   */
  public static void dispatch(Tick tick, TickModel onTick) throws Exception {
    HandlerScope scope = HandlerScope.enter(onTick.path());
    try {
      onTick.handler().handle(tick);
    } finally {
      scope.exit();
    }
  }

  /**
   * Calls the handler of a route of an HTTP API and waits for it. A body that does not fit the handler's type is
   * answered with 400.
   *
   * @throws Exception if the handler throws it
   */
  public static HttpAnswer dispatch(HttpEvent event, HttpRouteModel route, JsonCodec json) throws Exception {
    HandlerScope scope = HandlerScope.enter(route.path());
    try {
      return answer(route, call(event, route, json), json);
    } catch (UnreadableBodyException | JsonCodec.MismatchException e) {
      return HttpAnswer.json(400, json.write(Map.of("message", "Bad request body: " + e.getMessage())));
    } finally {
      scope.exit();
    }
  }

  /**
   * Calls the handler of a task and waits for it.
   *
   * @param lineage the calls that have led to this one
   * @throws JsonCodec.MismatchException if the payload does not fit the handler's type
   * @throws Exception if the handler throws it
   */
  @SuppressWarnings("unchecked") // a task's payload type is its handler's, by Task's signature
  public static void dispatch(String payload, StartModel onStart, Lineage lineage, JsonCodec json) throws Exception {
    Object value = json.read(payload, onStart.payloadType());
    HandlerScope scope = HandlerScope.enter(onStart.path(), lineage.with(onStart.path()));
    try {
      ((TaskHandler<Object>) onStart.handler()).handle(value);
    } finally {
      scope.exit();
    }
  }

  @SuppressWarnings("unchecked") // a route's body type is its handler's, by HttpApi's signatures
  private static @Nullable Object call(HttpEvent event, HttpRouteModel route, JsonCodec json) throws Exception {
    HttpCall request = new HttpCall(event, json);
    if (route.handler() instanceof HttpCallHandler handler) return handler.handle(request);
    Class<?> type = route.bodyType().orElseThrow();
    String body = event.body().text();
    Object value = type == String.class || type == CharSequence.class ? body : json.read(body, type);
    return ((HttpBodyHandler<Object>) route.handler()).handle(request, value);
  }

  private static HttpAnswer answer(HttpRouteModel route, @Nullable Object returned, JsonCodec json) {
    Object value = returned instanceof Optional<?> optional ? optional.orElse(null) : returned;
    try {
      return switch (value) {
        case null -> HttpReply.noContent().answer(json);
        case HttpReply reply -> reply.answer(json);
        case CharSequence text -> HttpReply.ok().text(text.toString()).answer(json);
        default -> HttpAnswer.json(200, json.write(value));
      };
    } catch (UnsupportedTypeException e) {
      throw new IllegalArgumentException(
          route.location() + ": route '" + route.key() + "' returned what cannot be sent: " + e.getMessage(), e);
    }
  }

  /**
   * Calls the handler of a queue with a message and waits for it.
   *
   * @throws IllegalArgumentException if the message does not fit the type that the handler takes
   * @throws Exception if the handler throws it
   */
  @SuppressWarnings("unchecked") // a message's type is its handler's, by MessageQueue's signatures
  public static void dispatch(Delivery delivery, ConsumerModel onMessage, JsonCodec json) throws Exception {
    Object message = message(delivery, onMessage.messageType(), json);
    HandlerScope scope = HandlerScope.enter(onMessage.path(), delivery.lineage().with(onMessage.path()));
    try {
      if (onMessage.handler() instanceof QueueHandler<?> one) ((QueueHandler<Object>) one).handle(message);
      else((QueueMessageHandler<Object>) onMessage.handler()).handle(message, delivery.about());
    } finally {
      scope.exit();
    }
  }

  /**
   * Calls the handler of a table's changes and waits for it.
   *
   * @throws Exception if the handler throws it
   */
  public static void dispatch(TableChange change, ChangeModel onChange) throws Exception {
    HandlerScope scope = HandlerScope.enter(onChange.path());
    try {
      onChange.handler().handle(change);
    } finally {
      scope.exit();
    }
  }

  private static Object message(Delivery delivery, Class<?> type, JsonCodec json) {
    if (type == String.class || type == CharSequence.class) return delivery.body();
    try {
      return json.read(delivery.body(), type);
    } catch (JsonCodec.MismatchException e) {
      throw new IllegalArgumentException(
          "the message " + delivery.about().messageId() + " is no " + type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private Response dispatch(Event event, RouteModel route, HandlerStart start) throws Exception {
    if (route.handler() instanceof EventHandler handler) {
      start.begins();
      return handler.handle(event, route, json);
    }
    return switch (event) {
      case Event.Connect connect -> connect((ConnectHandler) route.handler(), connect);
      case Event.Message message -> message(route, message, start);
      case Event.Authorize _ -> throw notOfMessages(route);
      case Event.Disconnect disconnect -> {
        ((DisconnectHandler) route.handler()).handle(new ClosedConnection(disconnect));
        yield Response.OK;
      }
    };
  }

  private Response connect(ConnectHandler handler, Event.Connect event) throws Exception {
    OpeningConnection connection = new OpeningConnection(event);
    try {
      handler.handle(connection);
    } catch (RejectedException e) {
      return Response.status(e.statusCode());
    }
    Optional<String> selected = connection.acceptedSubprotocol();
    // Mostly there are none, and then a function loads nothing to look for them.
    if (selected.isEmpty() && !subprotocols.isEmpty()) {
      selected = connection.subprotocols().stream().filter(subprotocols::contains).findFirst();
    }
    return selected.isPresent()
        ? new Response(200, Map.of("Sec-WebSocket-Protocol", selected.get()), Optional.empty())
        : Response.OK;
  }

  private Response message(RouteModel route, Event.Message event, HandlerStart start) throws Exception {
    if (route.bodyType() == String.class || route.bodyType() == CharSequence.class) {
      start.begins();
      return handle(route, new Connection(event), event.body());
    }
    Object body;
    try {
      body = json.read(event.body(), route.bodyType());
    } catch (JsonCodec.MismatchException e) {
      misfits.accept(route, e.getMessage());
      return badRequest(event, e);
    }
    start.begins();
    return handle(route, new Connection(event), body);
  }

  @SuppressWarnings("unchecked") // a route's body type is its handler's, by WebSocket's signatures
  private Response handle(RouteModel route, Connection connection, Object body) throws Exception {
    return switch (route.handler()) {
      case MessageHandler<?> one -> {
        ((MessageHandler<Object>) one).handle(connection, body);
        yield Response.OK;
      }
      case RequestHandler<?> two -> reply(route, ((RequestHandler<Object>) two).handle(connection, body));
      case ConnectHandler _, DisconnectHandler _, TaskHandler<?> _, TickHandler _ -> throw notOfMessages(route);
      case HttpCallHandler _, HttpBodyHandler<?> _ -> throw notOfMessages(route);
      case QueueHandler<?> _, QueueMessageHandler<?> _, ChangeHandler _ -> throw notOfMessages(route);
      case AuthorizeHandler _ -> throw notOfMessages(route);
    };
  }

  private static IllegalArgumentException notOfMessages(RouteModel route) {
    return new IllegalArgumentException("not a message handler: " + route.handler());
  }

  /** Answers with what a handler returned; null and an empty Optional are no answer, and the client gets none. */
  private Response reply(RouteModel route, @Nullable Object returned) {
    Object answer = returned instanceof Optional<?> optional ? optional.orElse(null) : returned;
    try {
      return answer == null ? Response.OK : Response.reply(json.text(answer));
    } catch (UnsupportedTypeException e) {
      throw new IllegalArgumentException(
          route.location() + ": route '" + route.key() + "' returned what cannot be sent: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the frame that API Gateway's own request validation sends. The status is 200, because with another status
   * API Gateway sends no frame on some routes.
   */
  private Response badRequest(Event.Message event, JsonCodec.MismatchException mismatch) {
    Map<String, String> frame = new LinkedHashMap<>();
    frame.put("message", "Bad request body: " + mismatch.getMessage());
    frame.put("connectionId", event.connection().connectionId());
    frame.put("requestId", event.requestId());
    return Response.reply(json.write(frame));
  }
}
