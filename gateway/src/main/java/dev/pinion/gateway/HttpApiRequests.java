package dev.pinion.gateway;

import dev.pinion.engine.HttpExchange;
import dev.pinion.engine.HttpHandler;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.engine.RefusedException;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpApiModel.Cors;
import dev.pinion.spi.HttpEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the gateway of an HTTP API does with a request. Methods are the event loops' unless they say otherwise.
 *
 * <p>Source: API Gateway developer guide, "HTTP APIs"; Lambda developer guide, "Lambda quotas".
 */
final class HttpApiRequests implements HttpHandler {
  private static final String JSON = "application/json";

  private final HttpSettings settings;
  private final HandlerLoops loops;
  private final Gatekeeper gatekeeper;
  private final int port;
  private final Ids ids = new Ids();
  private final DateHeader date = new DateHeader();
  private final TokenBucket requests;
  private final Set<HttpInvocation> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HttpApiRequests(HttpSettings settings, int port, HandlerLoops loops) {
    this.settings = settings;
    this.loops = loops;
    this.port = port;
    requests = new TokenBucket(settings.profile().requestBurst, millis());
    gatekeeper = new Gatekeeper(settings.host(), settings.hosts(), settings.origins(), port);
  }

  /** Handles no more requests from now on. Any thread. */
  void close() {
    closed = true;
  }

  /** Returns the calls of handlers that have not ended. Any thread. */
  Set<HttpInvocation> running() {
    return running;
  }

  /**
   * A page that may not use the API gets no room for what it would be refused. API Gateway takes 10 MB, of which Lambda
   * refuses what is over its own limit, with the same answer.
   */
  @Override
  public int bodyBytes(HttpRequest head, int usual) {
    try {
      mustBeAllowed(head, settings.deployment());
      return ApiGatewayQuotas.INVOCATION_BYTES;
    } catch (RefusedException _) {
      return usual;
    }
  }

  @Override
  public boolean wantsBody(HttpRequest head, boolean tooLong) {
    HttpDeployment deployment = settings.deployment();
    try {
      mustBeAllowed(head, deployment);
      return !closed && !tooLong && deployment.router().match(head.method(), head.path()).isPresent();
    } catch (RefusedException _) {
      return false;
    }
  }

  @Override
  public void handle(HttpExchange exchange) {
    HttpDeployment deployment = settings.deployment();
    try {
      handle(exchange, deployment);
    } catch (RefusedException e) {
      deployment.listener().refused(exchange.request().path(), e.status(), e.why());
      answer(exchange, deployment, new HttpOutcome.Refused(ids.request(), e.status()));
    }
  }

  private void handle(HttpExchange exchange, HttpDeployment deployment) throws RefusedException {
    HttpRequest request = exchange.request();
    mustBeAllowed(request, deployment);
    if (closed) {
      throw new RefusedException(503, "gateway closes");
    }
    Profile profile = settings.profile();
    if (!requests.take(profile.requestRate, profile.requestBurst, millis())) {
      throw new RefusedException(
          429, "more than " + profile.requestRate + " requests per second: for load tests, use --request-rate");
    }
    if (exchange.isBodyCut()) {
      throw new RefusedException(413, "body over Lambda's " + ApiGatewayQuotas.INVOCATION_BYTES + " bytes");
    }
    Optional<HttpRouter.Match> route = deployment.router().match(request.method(), request.path());
    if (route.isEmpty()) {
      unrouted(exchange, deployment);
      return;
    }
    String client;
    try {
      client = exchange.address();
    } catch (IOException e) {
      exchange.socket().close();
      return;
    }
    long now = settings.clock().millis();
    HttpEvent event = new HttpArrival(exchange, client, now, ids, port).event(route.get());
    long bytes = HttpArrival.bytes(event);
    if (bytes > ApiGatewayQuotas.INVOCATION_BYTES) {
      throw new RefusedException(
          413, "the event has " + bytes + " bytes, over Lambda's " + ApiGatewayQuotas.INVOCATION_BYTES
              + (event.body().isText() ? "" : ": a body of this Content-Type is passed in Base64"));
    }
    invoke(exchange, deployment, event, now);
  }

  /** The time of the limit of requests, which holds also for tests that move the clock. */
  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  /** Checks the addressed host, and that the request's page is on this machine, or allowed by an option or by CORS. */
  private void mustBeAllowed(HttpRequest request, HttpDeployment deployment) throws RefusedException {
    gatekeeper.mustBeAddressed(request);
    boolean declared = deployment.cors().isPresent()
        && request.header("Origin").filter(deployment.cors().get()::allows).isPresent();
    if (!declared && !gatekeeper.isOwn(request)) {
      gatekeeper.mayConnect(request, List.of());
    }
  }

  private void unrouted(HttpExchange exchange, HttpDeployment deployment) throws RefusedException {
    HttpRequest request = exchange.request();
    Optional<Cors> cors = deployment.cors();
    if (cors.isPresent() && request.method().equals("OPTIONS")) {
      Map<String, String> headers = CorsHeaders.preflight(cors.get(), request);
      headers.put("date", date.at(settings.clock().millis()));
      headers.put("apigw-requestid", ids.request());
      exchange.answer(HttpResponse.of(204, headers, List.of(), new byte[0]));
      return;
    }
    throw new RefusedException(404, "no route matches " + request.method() + " " + request.path());
  }

  private void invoke(HttpExchange exchange, HttpDeployment deployment, HttpEvent event, long now) {
    LoopHandlers loop = loops.of(exchange.socket().loop());
    HttpInvocation call = new HttpInvocation(
        event, deployment, loop, now,
        outcome -> exchange.socket().execute(() -> answer(exchange, deployment, outcome)), running::remove);
    running.add(call);
    loop.add(new HandlerThread(call));
  }

  private void answer(HttpExchange exchange, HttpDeployment deployment, HttpOutcome outcome) {
    Map<String, String> own = LinkedHashMap.newLinkedHashMap(4);
    byte[] body;
    int status;
    List<String> cookies = List.of();
    switch (outcome) {
      case HttpOutcome.Answered(String _, HttpAnswer answer) -> {
        own.putAll(answer.headers());
        if (answer.body().length() > 0) {
          own.putIfAbsent("content-type", "text/plain;charset=UTF-8");
        }
        status = answer.statusCode();
        body = answer.body().bytes();
        cookies = answer.cookies();
      }
      case HttpOutcome.Refused refused -> {
        own.put("content-type", JSON);
        status = refused.status();
        body = message(status).getBytes(UTF_8);
      }
    }
    own.put("date", date.at(settings.clock().millis()));
    own.put("apigw-requestid", outcome.requestId());
    exchange.answer(
        HttpResponse.of(status, CorsHeaders.of(deployment.cors(), exchange.request(), own), cookies, body));
  }

  /** Returns API Gateway's own body for a status. */
  private static String message(int status) {
    String text = status == 413 ? "Request Entity Too Large" : HttpResponse.reason(status);
    return "{\"message\":\"" + text + "\"}";
  }

  @Override
  public HttpResponse refusal(String path, RefusedException refusal) {
    settings.deployment().listener().refused(path, refusal.status(), refusal.why());
    return HttpResponse.of(refusal.status(), JSON, message(refusal.status()));
  }

  @Override
  public void failed(Throwable bug) {
    settings.deployment().listener().broke(bug);
  }
}
