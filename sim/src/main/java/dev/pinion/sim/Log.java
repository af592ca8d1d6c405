package dev.pinion.sim;

import dev.pinion.engine.CloseStatus;
import dev.pinion.gateway.GatewayListener;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.WebSocketModel;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Logs what went wrong, one line each, with the app's file and line first. Any thread. */
final class Log implements GatewayListener {
  private final WebSocketModel webSocket;
  private final AppLines lines;
  private final PrintStream stream;

  Log(WebSocketModel webSocket, PrintStream stream) {
    this.webSocket = webSocket;
    this.lines = AppLines.of(webSocket);
    this.stream = stream;
  }

  @Override
  public void refused(String target, int status, String why) {
    stream.println(webSocket.id() + ": answered " + status + (target.isEmpty() ? "" : " to " + safe(target)) + ": "
        + safe(why));
  }

  @Override
  public void cutOff(ConnectionContext connection, CloseStatus status, String what) {
    stream.println(place() + "connection " + connection.connectionId() + " is closed with " + status.code()
        + ": its client sent " + what);
  }

  @Override
  public void unrouted(ConnectionContext connection, String routeKey) {
    stream.println(place() + "no route for '" + safe(routeKey)
        + "' and no onMessage handler: the client was answered Forbidden");
  }

  @Override
  public void undelivered(ConnectionContext connection) {
    stream.println(place() + "warning: connection " + connection.connectionId()
        + " reads too slowly, and its buffer is full: a reply or an error frame to it was dropped");
  }

  @Override
  public void sentWhileConnecting(ConnectionContext connection) {
    stream.println(lines.here().map(line -> line + ": ").orElse(place())
        + "warning: sends to connection " + connection.connectionId()
        + " from its own onConnect: it is not connected until onConnect has returned, so it counts as gone (410)");
  }

  @Override
  public void failed(Event event, Throwable failure) {
    StringWriter text = new StringWriter();
    text.append(lines.in(failure).map(line -> line + ": ").orElse(place()))
        .append("handler ")
        .append(webSocket.id())
        .append('/')
        .append(event.routeKey())
        .append(" failed for connection ")
        .append(event.connection().connectionId())
        .append('\n');
    failure.printStackTrace(new PrintWriter(text, true));
    stream.print(text);
    stream.flush();
  }

  @Override
  public void timedOut(Event event) {
    stream.println(webSocket.route(event.routeKey()).map(route -> route.location() + ": ").orElse(place()) + "handler "
        + webSocket.id() + "/" + event.routeKey() + " did not finish in time for connection "
        + event.connection().connectionId() + ", and was interrupted");
  }

  @Override
  public void broke(Throwable bug) {
    StringWriter text = new StringWriter();
    text.append("Pinion itself failed; please report this:\n");
    bug.printStackTrace(new PrintWriter(text, true));
    stream.print(text);
    stream.flush();
  }

  private String place() {
    return webSocket.location() + ": ";
  }

  private static String safe(String text) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return shown.chars()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
