package dev.pinion.sim;

import dev.pinion.TableChange;
import dev.pinion.Tick;
import dev.pinion.gateway.Authorized;
import dev.pinion.json.Router;
import dev.pinion.sim.ConsoleActions.Done;
import dev.pinion.sim.ConsoleActions.RefusedException;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.ConsumerModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.MessageIds;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.StartModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

import static java.util.Objects.requireNonNull;

/** Calls a handler of the present program once more, with what it was called with, or with another body. Any thread. */
final class CallAgain {
  private final Console console;

  CallAgain(Console console) {
    this.console = console;
  }

  /** Calls it, and waits for it. */
  Done of(Recorder.Request request, Optional<String> text) throws RefusedException, InterruptedException {
    return switch (request.kind()) {
      case AUTHORIZE -> authorizer(request.resourceId(), ((Event.Authorize) request.event()).request());
      case CONNECT, MESSAGE, DISCONNECT -> route(request.resourceId(), (Event) request.event(), text);
      case TICK -> tick(request.resourceId(), text.orElse((String) request.event()));
      case TASK -> task(request.resourceId(), text.orElse((String) request.event()));
      case QUEUE -> queue(request.resourceId(), text.orElse((String) request.event()));
      case CHANGE -> change(request.resourceId(), text.orElse((String) request.event()));
      case HTTP -> http(request.resourceId(), (HttpEvent) request.event(), text);
    };
  }

  private Done route(String webSocketId, Event before, Optional<String> text)
      throws RefusedException, InterruptedException {
    Generation program = console.program();
    RecordedHandlers handlers = program.handlers(webSocketId)
        .orElseThrow(() -> new RefusedException("The app has no such WebSocket any more."));
    Event event = edited(before, handlers.webSocket(), text);
    RouteModel route = handlers.webSocket().route(event.routeKey())
        .orElseThrow(() -> new RefusedException("There is no route '" + event.routeKey() + "'."));
    String id = event.connection().connectionId();
    return call(program, route.path() + " for connection " + id, route.options().timeout(), () -> {
      Response response = handlers.again(event);
      if (route.responds() && response.body().isPresent()) {
        console.sender(webSocketId).ifPresent(sender -> sender.postToConnection(id, response.body().get()));
      }
      return new Done(response.successful(), "The handler answered " + response.statusCode() + ".");
    });
  }

  private Done authorizer(String webSocketId, Event.Connect before) throws RefusedException, InterruptedException {
    Generation program = console.program();
    RecordedHandlers handlers = program.handlers(webSocketId)
        .orElseThrow(() -> new RefusedException("The app has no such WebSocket any more."));
    AuthorizerModel authorizer = handlers.webSocket().access().authorizer()
        .orElseThrow(() -> new RefusedException("The app has no authorizer any more."));
    Event.Authorize event = new Event.Authorize(
        new Event.Connect(
            before.connection(), id(), System.currentTimeMillis(), before.headers(), before.queryStringParameters()));
    return call(program, authorizer.path(), authorizer.options().timeout(), () -> {
      Authorized decided = handlers.authorizeAgain(event);
      return new Done(
          decided instanceof Authorized.Allowed, "The authorizer decided: " + RecordedHandlers.decision(decided) + ".");
    });
  }

  private Done tick(String scheduleId, String time) throws RefusedException, InterruptedException {
    Generation program = console.program();
    ScheduleModel schedule = program.model().schedules().stream().filter(each -> each.id().equals(scheduleId))
        .findFirst().orElseThrow(() -> new RefusedException("The app has no such schedule any more."));
    Tick tick;
    try {
      tick = new Tick(Instant.parse(time.strip()), "%016x".formatted(ThreadLocalRandom.current().nextLong()));
    } catch (DateTimeException e) {
      throw new RefusedException("A tick has a time such as 2030-01-31T12:00:00Z.");
    }
    return call(program, schedule.onTick().path(), schedule.onTick().options().timeout(), () -> {
      console.triggers().schedules().again(schedule.onTick(), tick);
      return new Done(true, "The handler has returned.");
    });
  }

  private Done task(String taskId, String payload) throws RefusedException, InterruptedException {
    Generation program = console.program();
    StartModel onStart = program.model().tasks().stream().filter(each -> each.id().equals(taskId)).findFirst()
        .orElseThrow(() -> new RefusedException("The app has no such task any more.")).onStart();
    return call(program, onStart.path(), onStart.options().timeout(), () -> {
      console.triggers().tasks().again(onStart, payload);
      return new Done(true, "The handler has returned.");
    });
  }

  private Done queue(String queueId, String body) throws RefusedException, InterruptedException {
    Generation program = console.program();
    ConsumerModel onMessage = program.model().queues().stream().filter(each -> each.id().equals(queueId)).findFirst()
        .flatMap(QueueModel::onMessage)
        .orElseThrow(() -> new RefusedException("The app has no such queue, or no handler for it, any more."));
    return call(program, onMessage.path(), onMessage.options().timeout(), () -> {
      console.triggers().queues().again(onMessage, body);
      return new Done(true, "The handler has returned.");
    });
  }

  private Done change(String tableId, String text) throws RefusedException, InterruptedException {
    Generation program = console.program();
    TableModel table = program.model().tables().stream().filter(each -> each.id().equals(tableId)).findFirst()
        .filter(each -> each.onChange().isPresent())
        .orElseThrow(() -> new RefusedException("The app has no such table, or no handler of its changes, any more."));
    ChangeModel onChange = table.onChange().orElseThrow();
    TableChange change = ChangeText.change(text, table, Instant.now());
    return call(program, onChange.path(), onChange.options().timeout(), () -> {
      console.triggers().changes().again(onChange, change);
      return new Done(true, "The handler has returned.");
    });
  }

  private Done http(String apiId, HttpEvent before, Optional<String> text)
      throws RefusedException, InterruptedException {
    Generation program = console.program();
    RecordedHttp handlers = program.httpHandlers(apiId)
        .orElseThrow(() -> new RefusedException("The app has no such HTTP API any more."));
    HttpEvent.Context old = before.context();
    HttpEvent.Context context = new HttpEvent.Context(
        id(), System.currentTimeMillis(), old.sourceIp(), old.userAgent(), old.domainName(), old.authorizer());
    String request = text.orElseGet(() -> RecordedHttp.text(before));
    String[] parts = request.strip().split("\\R\\R", 2);
    String[] first = parts[0].strip().split("\\s+", -1);
    if (first.length != 2 || !first[1].startsWith("/")) {
      throw new RefusedException(
          "A request begins with a method and a path, such as GET /orders/7, and an empty line.");
    }
    HttpBody body = text.isEmpty() ? before.body() : HttpBody.of(parts.length == 1 ? "" : parts[1]);
    HttpEvent event = program.httpDeployment(apiId).edited(before, first[0], first[1], body, context)
        .orElseThrow(() -> new RefusedException("No route matches " + parts[0] + ": API Gateway would answer 404."));
    HttpRouteModel route = handlers.api().route(event.routeKey()).orElseThrow();
    return call(program, route.path(), route.options().timeout(), () -> {
      HttpAnswer answer = handlers.again(event);
      return new Done(answer.statusCode() < 400, "The handler answered " + answer.statusCode() + ".");
    });
  }

  private Done call(Generation program, String handler, Duration timeout, Callable<Done> call)
      throws InterruptedException {
    try {
      return console.byHand().call(program.number(), handler, timeout, call);
    } catch (ExecutionException failed) {
      String text = FailureText.logged(requireNonNull(failed.getCause()));
      return new Done(
          false, "The handler failed: "
              + console.recording().texts().of(text, RecordedCall.FAILURE_CHARACTERS).text());
    } catch (TimeoutException _) {
      return new Done(false, "The handler did not finish in time, and was interrupted.");
    }
  }

  /** Returns an event with new ids, and another text if it is a message. */
  private static Event edited(Event event, WebSocketModel webSocket, Optional<String> text) throws RefusedException {
    MessageIds ids = new MessageIds.KnownIds(id(), id());
    long now = System.currentTimeMillis();
    return switch (event) {
      case Event.Connect connect -> new Event.Connect(
          connect.connection(), ids.requestId(), now, connect.headers(), connect.queryStringParameters());
      case Event.Authorize authorize -> authorize;
      case Event.Disconnect end -> new Event.Disconnect(
          end.connection(), ids.requestId(), now, end.disconnectStatusCode(), end.disconnectReason());
      case Event.Message message -> {
        String body = text.orElse(message.body());
        yield new Event.Message(message.connection(), routeKey(webSocket, body), ids, now, body);
      }
    };
  }

  /** An id of the form of API Gateway's. */
  private static String id() {
    byte[] random = new byte[11];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }

  private static String routeKey(WebSocketModel webSocket, String body) throws RefusedException {
    Router router = new Router(RouteSelectionExpression.parse(webSocket.routeSelectionExpression()));
    String selected = router.routeKey(body);
    if (!selected.startsWith("$") && webSocket.route(selected).isPresent()) return selected;
    if (webSocket.route("$default").isPresent()) return "$default";
    throw new RefusedException(
        "There is no route '" + selected + "' and no $default: API Gateway would answer Forbidden.");
  }
}
