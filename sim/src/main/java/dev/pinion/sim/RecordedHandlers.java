package dev.pinion.sim;

import dev.pinion.gateway.Integration;
import dev.pinion.sim.RequestTrace.Step;
import dev.pinion.sim.ShownTexts.Shown;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Handlers whose calls are recorded while somebody looks: one event for each call, once it has ended. Any thread. */
final class RecordedHandlers implements Integration {
  static final int BODY_CHARACTERS = 16_384;
  static final int FAILURE_CHARACTERS = 8_000;

  private final WebSocketModel webSocket;
  private final Integration handlers;
  private final Recording recording;
  private final AppLines lines;
  private final AppStack stack;

  /**
   * A call of a handler, as the page shows it. That of a schedule has no WebSocket and no connection.
   *
   * @param kind {@code connect}, {@code message}, {@code disconnect} or {@code tick}
   * @param id API Gateway's id of the request, or that of the tick
   * @param at when the request arrived, in milliseconds since the epoch
   * @param micros how long the handler took
   * @param handler the path of the handler
   * @param location where the app declares it
   * @param again whether somebody has called it again by hand
   * @param body the message, or which tick it is
   * @param headers the headers of the handshake
   * @param query the query parameters of the handshake
   * @param close the close code and reason
   * @param status the status of the answer; empty if the handler failed
   * @param reply what it answered
   * @param failure the exception and the app's lines of its stack
   * @param line the app's line that failed
   */
  record Call(
      long n, String kind, String id, long at, long micros, String webSocket, String connectionId, String route,
      String handler, String location, boolean again, Optional<Shown> body,
      Optional<Map<String, List<String>>> headers, Optional<Map<String, List<String>>> query, Optional<String> close,
      Optional<Integer> status, Optional<Shown> reply, Optional<Shown> failure, Optional<String> line,
      List<Step> steps, int stepsDropped, String log, boolean logCut) {}

  RecordedHandlers(WebSocketModel webSocket, Integration handlers, Recording recording) {
    this.webSocket = webSocket;
    this.handlers = handlers;
    this.recording = recording;
    lines = AppLines.of(webSocket);
    stack = new AppStack(lines);
  }

  @Override
  public Response invoke(Event event) throws Exception {
    Recorder recorder = recording.recorder();
    return recorder == null ? handlers.invoke(event) : recorded(recorder, event, false);
  }

  WebSocketModel webSocket() {
    return webSocket;
  }

  /** Calls a handler by hand. */
  Response again(Event event) throws Exception {
    Recorder recorder = recording.recorder();
    return recorder == null ? handlers.invoke(event) : recorded(recorder, event, true);
  }

  private Response recorded(Recorder recorder, Event event, boolean again) throws Exception {
    if (event instanceof Event.Message message && !again) frame(recorder, event, "received", message.body());
    RequestTrace trace = new RequestTrace(recording.texts());
    trace.enter();
    try {
      Response response = handlers.invoke(event);
      trace.leave();
      add(recorder, trace, event, again, Optional.of(response), Optional.empty());
      return response;
    } catch (Throwable failure) {
      trace.leave();
      add(recorder, trace, event, again, Optional.empty(), Optional.of(failure));
      throw failure;
    }
  }

  private void frame(Recorder recorder, Event event, String way, String text) {
    recorder.frame(event.connection().connectionId(), new Recorder.Frame(
        System.currentTimeMillis(), way, recording.texts().of(text, Recorder.FRAME_CHARACTERS)));
  }

  private void add(
      Recorder recorder, RequestTrace trace, Event event, boolean again, Optional<Response> response,
      Optional<Throwable> failure) {
    ShownTexts texts = recording.texts();
    long micros = trace.micros();
    Optional<RouteModel> route = webSocket.route(event.routeKey());
    Optional<String> answer = response.flatMap(Response::body);
    Optional<Shown> body =
        event instanceof Event.Message message ? Optional.of(texts.of(message.body(), BODY_CHARACTERS))
            : Optional.empty();
    Optional<Shown> reply = answer.map(text -> texts.of(text, BODY_CHARACTERS));
    Optional<Shown> failed = failure.map(each -> texts.of(stack.of(each), FAILURE_CHARACTERS));
    Optional<Event.Connect> connect = event instanceof Event.Connect one ? Optional.of(one) : Optional.empty();
    if (route.map(RouteModel::responds).orElse(false)) {
      answer.ifPresent(text -> frame(recorder, event, "sent", text));
    }
    recorder.add(
        n -> new Call(
            n, kind(event), event.requestId(), event.requestTimeEpoch(), micros, webSocket.id(),
            event.connection().connectionId(), event.routeKey(), webSocket.id() + "/" + event.routeKey(),
            route.map(each -> each.location().toString()).orElse(""), again, body,
            connect.map(each -> replaced(each.headers())), connect.map(each -> replaced(each.queryStringParameters())),
            event instanceof Event.Disconnect end
                ? Optional.of(end.disconnectStatusCode() + " " + end.disconnectReason())
                : Optional.empty(),
            response.map(Response::statusCode), reply, failed, failure.flatMap(lines::in), trace.steps(),
            trace.stepsDropped(), trace.log(), trace.isLogCut()),
        500 + trace.characters() + characters(body) + characters(reply) + characters(failed),
        Optional.of(new Recorder.Request(webSocket.id(), event)));
  }

  private static int characters(Optional<Shown> text) {
    return text.map(each -> each.text().length()).orElse(0);
  }

  private static String kind(Event event) {
    return switch (event) {
      case Event.Connect _ -> "connect";
      case Event.Message _ -> "message";
      case Event.Disconnect _ -> "disconnect";
    };
  }

  private Map<String, List<String>> replaced(Map<String, List<String>> values) {
    Map<String, List<String>> shown = new LinkedHashMap<>();
    values.forEach((name, all) -> shown.put(name, all.stream().map(recording.texts()::replaced).toList()));
    return shown;
  }
}
