package dev.pinion.gateway;

import dev.pinion.HttpCallHandler;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpApiModel.Cors;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.HttpRouteModel;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the gateway of an HTTP API leads to in tests: it answers with what it was given, and notes what is reported. */
final class HttpHooks implements HttpIntegration, HttpListener {
  private static final SourceLocation HERE = new SourceLocation("HttpHooks.java", 1);

  final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  final BlockingQueue<HttpEvent> events = new LinkedBlockingQueue<>();
  final CountDownLatch released = new CountDownLatch(1);

  /** The deployment of an API with some routes. */
  HttpDeployment deployment(Duration timeout, Optional<Cors> cors, String... keys) {
    HttpCallHandler none = request -> null;
    List<HttpRouteModel> routes = List.of(keys).stream()
        .map(key -> new HttpRouteModel(
            "api/" + key, key, none, Optional.empty(),
            new FunctionModel(512, timeout, false, List.of(), List.of(), List.of()), HERE))
        .toList();
    return new HttpDeployment(new HttpApiModel("api", "api", cors, routes, HERE), this, this);
  }

  HttpDeployment deployment(String... keys) {
    return deployment(Duration.ofSeconds(29), Optional.empty(), keys);
  }

  @Override
  public HttpAnswer invoke(HttpEvent event) throws Exception {
    events.add(event);
    if (event.path().startsWith("/fails")) throw new IllegalStateException("broken");
    if (event.path().startsWith("/blocks") && !released.await(60, TimeUnit.SECONDS)) throw new AssertionError();
    if (event.path().startsWith("/large")) {
      return new HttpAnswer(200, Map.of(), List.of(), HttpBody.of("x".repeat((6 << 20) + 1)));
    }
    String said = event.routeKey() + " " + event.pathParameters() + " " + event.body().length();
    return new HttpAnswer(200, Map.of("access-control-allow-origin", "own"), List.of(), HttpBody.of(said));
  }

  String next() throws InterruptedException {
    return String.valueOf(log.poll(20, TimeUnit.SECONDS));
  }

  @Override
  public void refused(String target, int status, String why) {
    log.add(status + " " + target + ": " + why);
  }

  @Override
  public void failed(HttpEvent event, Throwable failure) {
    log.add("failed " + event.path() + ": " + failure.getMessage());
  }

  @Override
  public void timedOut(HttpEvent event, boolean goesOn) {
    log.add("timed out " + event.path() + (goesOn ? ", goes on" : ""));
  }

  @Override
  public void stillRuns(HttpEvent event, StackTraceElement[] stack) {
    log.add("still runs " + event.path());
  }

  @Override
  public void broke(Throwable bug) {
    log.add("bug " + bug);
  }
}
