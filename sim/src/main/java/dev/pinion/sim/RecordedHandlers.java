package dev.pinion.sim;

import dev.pinion.gateway.Authorized;
import dev.pinion.gateway.Integration;
import dev.pinion.sim.ShownTexts.Shown;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Handlers whose calls are recorded while somebody looks: one event for each call, once it has ended. Any thread. */
final class RecordedHandlers implements Integration {
  private final WebSocketModel webSocket;
  private final Integration handlers;
  private final Recording recording;
  private final AppLines lines;
  private final AppStack stack;

  RecordedHandlers(WebSocketModel webSocket, Integration handlers, Recording recording) {
    this.webSocket = webSocket;
    this.handlers = handlers;
    this.recording = recording;
    lines = AppLines.of(webSocket);
    stack = new AppStack(lines);
  }

  @Override
  public Response invoke(Event event) throws Exception {
    return invoke(event, HandlerStart.UNWATCHED);
  }

  @Override
  public Response invoke(Event event, HandlerStart start) throws Exception {
    Recorder recorder = recording.recorder();
    if (recorder == null) return handlers.invoke(event, start);
    if (event instanceof Event.Message message) frame(recorder, event, "received", message.body());
    return recorded(recorder, event, false, start);
  }

  WebSocketModel webSocket() {
    return webSocket;
  }

  /** Calls a handler by hand. */
  Response again(Event event) throws Exception {
    Recorder recorder = recording.recorder();
    return recorder == null ? handlers.invoke(event) : recorded(recorder, event, true, HandlerStart.UNWATCHED);
  }

  @Override
  public Authorized authorize(Event.Authorize event) throws Exception {
    Recorder recorder = recording.recorder();
    return recorder == null ? handlers.authorize(event) : authorized(recorder, event, false);
  }

  /** Calls the authorizer by hand. */
  Authorized authorizeAgain(Event.Authorize event) throws Exception {
    Recorder recorder = recording.recorder();
    return recorder == null ? handlers.authorize(event) : authorized(recorder, event, true);
  }

  /** Returns a decision as text. */
  static String decision(Authorized decided) {
    return switch (decided) {
      case Authorized.Allowed(var context) -> "allow " + new TreeMap<>(context);
      case Authorized.Denied _ -> "deny";
      case Authorized.Unknown _ -> "unauthorized";
    };
  }

  private Authorized authorized(Recorder recorder, Event.Authorize event, boolean again) throws Exception {
    return recorded(
        recorder, event, again, () -> handlers.authorize(event),
        decided -> new Response(decided.status(), Map.of(), Optional.of(decision(decided))));
  }

  private Response recorded(Recorder recorder, Event event, boolean again, HandlerStart start) throws Exception {
    return recorded(recorder, event, again, () -> handlers.invoke(event, start), response -> response);
  }

  private <T> T recorded(
      Recorder recorder, Event event, boolean again, Callable<T> call, Function<T, Response> shown) throws Exception {
    RequestTrace trace = new RequestTrace(recording.texts());
    trace.enter();
    try {
      T result = call.call();
      trace.leave();
      add(recorder, trace, event, again, Optional.of(shown.apply(result)), Optional.empty());
      return result;
    } catch (Throwable failure) {
      trace.leave();
      add(recorder, trace, event, again, Optional.empty(), Optional.of(failure));
      throw failure;
    }
  }

  private void frame(Recorder recorder, Event event, String way, String text) {
    recorder.frame(
        event.connection().connectionId(),
        Recorder.Frame.message(way, recording.texts().of(text, Recorder.FRAME_CHARACTERS)));
  }

  private void add(
      Recorder recorder, RequestTrace trace, Event event, boolean again, Optional<Response> response,
      Optional<Throwable> failure) {
    ShownTexts texts = recording.texts();
    long micros = trace.micros();
    CallKind kind = CallKind.of(event);
    Optional<RouteModel> route = webSocket.route(event.routeKey());
    Optional<String> answer = response.flatMap(Response::body);
    Optional<Shown> body =
        event instanceof Event.Message message ? Optional.of(texts.of(message.body(), RecordedCall.BODY_CHARACTERS))
            : Optional.empty();
    Optional<Shown> reply = answer.map(text -> texts.of(text, RecordedCall.BODY_CHARACTERS));
    Optional<Shown> failed = failure.map(each -> texts.of(stack.of(each), RecordedCall.FAILURE_CHARACTERS));
    Optional<Event.Connect> connect = switch (event) {
      case Event.Connect one -> Optional.of(one);
      case Event.Authorize(Event.Connect one) -> Optional.of(one);
      case Event.Message _, Event.Disconnect _ -> Optional.empty();
    };
    if (route.map(RouteModel::responds).orElse(false)) {
      answer.ifPresent(text -> frame(recorder, event, "sent", text));
    }
    recorder.add(
        n -> new RecordedCall(
            n, kind.id, event.requestId(), event.requestTimeEpoch(), micros, webSocket.id(),
            event.connection().connectionId(), event.routeKey(), webSocket.id() + "/" + event.routeKey(),
            webSocket.handler(event.routeKey()).map(each -> each.location().toString()).orElse(""), again,
            Optional.empty(), true, body,
            connect.map(each -> replaced(each.headers())), connect.map(each -> replaced(each.queryStringParameters())),
            event instanceof Event.Disconnect end
                ? Optional.of(end.disconnectStatusCode() + " " + end.disconnectReason())
                : Optional.empty(),
            response.map(Response::statusCode), reply, failed, failure.flatMap(lines::in), trace.steps(),
            trace.stepsDropped(), trace.log(), trace.isLogCut()),
        RecordedCall.characters(trace, List.of(body, reply, failed)),
        Optional.of(new Recorder.Request(kind, webSocket.id(), event)));
  }

  private Map<String, List<String>> replaced(Map<String, List<String>> values) {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    values.forEach((name, all) -> shown.put(name, all.stream().map(recording.texts()::replaced).toList()));
    return shown;
  }
}
