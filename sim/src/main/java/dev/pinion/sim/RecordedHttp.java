package dev.pinion.sim;

import dev.pinion.gateway.HttpIntegration;
import dev.pinion.sim.CallRecording.Answered;
import dev.pinion.sim.CallRecording.Called;
import dev.pinion.spi.AppLines;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Calls handlers of an HTTP API; while somebody looks, their calls are recorded as those of routes are. Any thread. */
final class RecordedHttp implements HttpIntegration {
  private final HttpApiModel api;
  private final HttpIntegration handlers;
  private final CallRecording calls;
  private final AppLines lines;

  RecordedHttp(HttpApiModel api, HttpIntegration handlers, Recording recording) {
    this.api = api;
    this.handlers = handlers;
    calls = new CallRecording(recording);
    lines = AppLines.of(api);
  }

  @Override
  public HttpAnswer invoke(HttpEvent event) throws Exception {
    return call(event, false);
  }

  /** Calls a handler by hand. */
  HttpAnswer again(HttpEvent event) throws Exception {
    return call(event, true);
  }

  private HttpAnswer call(HttpEvent event, boolean again) throws Exception {
    return calls.call(
        () -> new Called(
            CallKind.HTTP, event.context().requestId(), api.route(event.routeKey()).orElseThrow(),
            event.context().timeEpoch(), Optional.empty(), again, Optional.of(text(event)),
            Optional.of(new Recorder.Request(CallKind.HTTP, api.id(), event)), lines),
        () -> handlers.invoke(event),
        answer -> new Answered(
            Optional.of(answer.statusCode()), Optional.of(answer.body()).filter(each -> each.length() > 0)
                .map(RecordedHttp::text)));
  }

  HttpApiModel api() {
    return api;
  }

  /** Returns a request as somebody could write it: the method and the target, an empty line, and the body. */
  static String text(HttpEvent event) {
    String target = encoded(event.path()) + (event.rawQuery().isEmpty() ? "" : "?" + event.rawQuery());
    return event.method() + " " + target + (event.body().length() == 0 ? "" : "\n\n" + text(event.body()));
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, path, null).toASCIIString();
    } catch (URISyntaxException _) {
      return path;
    }
  }

  private static String text(HttpBody body) {
    return body.isText() ? body.text()
        : "(" + body.length() + " bytes, in Base64 between API Gateway and the function)";
  }
}
