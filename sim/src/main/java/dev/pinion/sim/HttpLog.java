package dev.pinion.sim;

import dev.pinion.gateway.HttpListener;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Logs what goes wrong in an HTTP API: one line each, with file and line of the app where known. Any thread. */
final class HttpLog implements HttpListener {
  private final HttpApiModel api;
  private final AppLines lines;
  private final AppStack stack;
  private final LogLine line;

  HttpLog(HttpApiModel api, LogLine line) {
    this.api = api;
    this.lines = AppLines.of(api);
    this.stack = new AppStack(lines);
    this.line = line;
  }

  @Override
  public void refused(String target, int status, String why) {
    line.event(
        api.id() + ": answered " + status + (target.isEmpty() ? "" : " to " + Log.safe(target)) + ": "
            + Log.safe(why));
  }

  @Override
  public void failed(HttpEvent event, Throwable failure) {
    line.failure(
        lines.in(failure).orElse(place(event)), "handler " + name(event) + " failed for request " + id(event) + ": "
            + stack.of(failure),
        about(event, Optional.of(failure)));
  }

  /** What identifies an event, as a function's log has it. */
  private Map<String, String> about(HttpEvent event, Optional<Throwable> failure) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("handler", name(event));
    about.put("route", event.routeKey());
    about.put("requestId", id(event));
    failure.ifPresent(each -> about.put("exception", each.getClass().getName()));
    return about;
  }

  @Override
  public void timedOut(HttpEvent event, boolean goesOn) {
    line.error(
        place(event), "handler " + name(event) + " did not finish in time for request " + id(event)
            + (goesOn ? ": its client was answered 503, and the handler runs on until its own time-out"
                : ": its client was answered 503, and it was interrupted"),
        about(event, Optional.empty()));
  }

  @Override
  public void stillRuns(HttpEvent event, StackTraceElement[] at) {
    line.error(
        lines.first(at).orElse(place(event)), "handler " + name(event) + " was interrupted for request " + id(event)
            + ", but it still runs, and keeps a processor busy if it computes; on AWS the function would be ended. It"
            + " is at\n" + String.join("\n", stack.frames(at)),
        about(event, Optional.empty()));
  }

  @Override
  public void broke(Throwable bug) {
    line.event(
        "error: internal error in Pinion. Please report it with the following lines:\n" + FailureText.withStack(bug));
  }

  private String name(HttpEvent event) {
    return api.id() + "/" + event.routeKey();
  }

  private static String id(HttpEvent event) {
    return event.context().requestId();
  }

  /** The line that declares the handler of an event. */
  private String place(HttpEvent event) {
    return api.route(event.routeKey()).map(route -> route.location().toString()).orElse(api.location().toString());
  }
}
