package dev.pinion.sim;

import dev.pinion.gateway.HttpGateway;
import dev.pinion.gateway.PendingEvent;
import dev.pinion.spi.HandlerModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A handler that runs at this moment.
 *
 * @param name the id of the WebSocket or HTTP API and the route key, such as {@code chat/$default}; otherwise the
 *     path of the handler
 * @param declaration the file and line that declare it
 * @param connectionId the connection whose event it handles; empty if it is none's
 * @param event what it handles if it is no connection's, such as {@code a request}
 * @param time how long it has run, by the platform's clock
 * @param position the app's line where it is, and what that calls, such as {@code Chat.java:15, in Thread.sleep};
 *     empty if it is not known
 */
public record RunningHandler(
    String name, String declaration, String connectionId, String event, Duration time, String position) {

  static List<RunningHandler> of(WebSocketModel webSocket, List<PendingEvent> pending, AppStack stack) {
    List<RunningHandler> running = new ArrayList<>();
    for (PendingEvent each : pending) {
      String route = each.event().routeKey();
      String declaration = webSocket.handler(route).map(HandlerModel::location).orElse(webSocket.location()).toString();
      String connection = each.event().connection().connectionId();
      each.thread().map(thread -> stack.position(thread.getStackTrace())).ifPresent(position -> running.add(
          new RunningHandler(webSocket.id() + "/" + route, declaration, connection, "", each.time(), position)));
    }
    return running;
  }

  static List<RunningHandler> of(HttpApiModel api, List<HttpGateway.Running> calls, AppStack stack) {
    List<RunningHandler> running = new ArrayList<>();
    for (HttpGateway.Running each : calls) {
      String route = each.event().routeKey();
      String declaration = api.route(route).map(HttpRouteModel::location).orElse(api.location()).toString();
      each.thread().forEach(thread -> running.add(
          new RunningHandler(
              api.id() + "/" + route, declaration, "", "a request", each.time(),
              stack.position(thread.getStackTrace()))));
    }
    return running;
  }

  static RunningHandler of(AsyncRun<?, ?> run, Instant now, AppStack stack) {
    return new RunningHandler(
        run.handler.path(), run.handler.location().toString(), "", run.event.what(), run.time(now),
        stack.position(run.stack()));
  }
}
