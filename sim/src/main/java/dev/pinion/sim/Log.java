package dev.pinion.sim;

import dev.pinion.engine.CloseStatus;
import dev.pinion.gateway.GatewayFrame;
import dev.pinion.gateway.GatewayListener;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.WebSocketModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Logs what goes wrong in a WebSocket: one line each, with file and line of the app where known. Any thread. */
final class Log implements GatewayListener {
  private final WebSocketModel webSocket;
  private final AppLines lines;
  private final AppStack stack;
  private final LogLine line;
  private final GatewayListener connections;
  private final PageClients clients;
  private final Recording recording;

  Log(WebSocketModel webSocket, Run run) {
    this.webSocket = webSocket;
    this.lines = AppLines.of(webSocket);
    this.stack = new AppStack(lines);
    line = run.log;
    connections = run.options.connections();
    clients = run.clients;
    recording = run.recording;
  }

  @Override
  public void connecting(ConnectionContext connection, String key) {
    connections.connecting(connection, key);
  }

  @Override
  public void opened(ConnectionContext connection) {
    connections.opened(connection);
  }

  @Override
  public void closed(ConnectionContext connection, CloseStatus status) {
    connections.closed(connection, status);
  }

  @Override
  public void finished(ConnectionContext connection) {
    connections.finished(connection);
  }

  @Override
  public void frame(ConnectionContext connection, GatewayFrame frame) {
    recording.frame(connection.connectionId(), frame);
  }

  @Override
  public void connectingClient(String token, ConnectionContext connection) {
    clients.connecting(token, connection);
  }

  @Override
  public void refusedClient(String token, int status, String why) {
    clients.refused(token, status, why);
  }

  @Override
  public void refused(String target, int status, String why) {
    line.event(webSocket.id() + ": answered " + status + (target.isEmpty() ? "" : " to " + safe(target)) + ": "
        + safe(why));
  }

  @Override
  public void rejected(String target, int status, String why) {
    String declared = webSocket.route("$connect").map(route -> " (" + route.location() + ")").orElse("");
    refused(target, status, why + declared);
  }

  @Override
  public void unauthorized(String target, int status, String why) {
    String declared = webSocket.access().authorizer().map(each -> " (" + each.location() + ")").orElse("");
    refused(target, status, why + declared);
  }

  @Override
  public void cutOff(ConnectionContext connection, CloseStatus status, String what) {
    line.warning(
        place(), "connection " + connection.connectionId() + " was closed with " + status.code() + ": its client sent "
            + what);
  }

  @Override
  public void unrouted(ConnectionContext connection, String why) {
    line.warning(
        place(), safe(why) + ", and there is no onMessage handler: the client of connection "
            + connection.connectionId() + " was answered Forbidden");
  }

  @Override
  public void undelivered(ConnectionContext connection) {
    line.warning(
        place(), "connection " + connection.connectionId() + " reads too slowly, and its buffer is full: a reply or an"
            + " error frame was dropped");
  }

  @Override
  public void tooSlow(ConnectionContext connection) {
    line.warning(
        place(), "connection " + connection.connectionId()
            + " is closed: too much output waits for slow clients, and this client has been behind for longest");
  }

  @Override
  public void sentWhileConnecting(ConnectionContext connection) {
    line.warning(
        lines.here().orElse(place()), "this sends to connection " + connection.connectionId()
            + " from its own onConnect: it is not connected until onConnect has returned, so it counts as gone (410)");
  }

  @Override
  public void failed(Event event, Throwable failure) {
    line.failure(
        lines.in(failure).orElse(place(event)), "handler " + webSocket.id() + "/" + event.routeKey()
            + " failed for connection " + event.connection().connectionId() + ": " + stack.of(failure),
        about(event, Optional.of(failure)));
  }

  /** What identifies an event, as a function's log has it. */
  private Map<String, String> about(Event event, Optional<Throwable> failure) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("handler", webSocket.id() + "/" + event.routeKey());
    about.put("route", event.routeKey());
    about.put("connectionId", event.connection().connectionId());
    about.put("requestId", event.requestId());
    if (event instanceof Event.Message message) about.put("messageId", message.messageId());
    failure.ifPresent(each -> about.put("exception", each.getClass().getName()));
    return about;
  }

  @Override
  public void timedOut(Event event, boolean goesOn) {
    line.error(
        place(event), "handler " + webSocket.id() + "/" + event.routeKey() + " did not finish in time for connection "
            + event.connection().connectionId()
            + (goesOn ? ": its client got the time-out error, and the handler runs on until its own time-out"
                : ", and was interrupted"),
        about(event, Optional.empty()));
  }

  @Override
  public void stillRuns(Event event, StackTraceElement[] at) {
    line.error(
        lines.first(at).orElse(place(event)), "handler " + webSocket.id() + "/" + event.routeKey()
            + " was interrupted for connection " + event.connection().connectionId() + ", but it still runs, and keeps"
            + " a processor busy if it computes; on AWS the function would be ended. It is at\n"
            + String.join("\n", stack.frames(at)),
        about(event, Optional.empty()));
  }

  @Override
  public void broke(Throwable bug) {
    line.event(
        "error: internal error in Pinion. Please report it with the following lines:\n" + FailureText.withStack(bug));
  }

  private String place() {
    return webSocket.location().toString();
  }

  /** The line that declares the handler of an event. */
  private String place(Event event) {
    return webSocket.handler(event.routeKey()).map(handler -> handler.location().toString()).orElse(place());
  }

  static String safe(String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return shown.chars()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
