package dev.pinion.gateway;

import dev.pinion.engine.HttpExchange;
import dev.pinion.engine.HttpHandler;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.engine.RefusedException;
import dev.pinion.engine.WebSocketUpgrade;
import dev.pinion.spi.Event;
import java.io.IOException;
import java.util.Optional;

/**
 * What a gateway does with a request: the verdict on a handshake, the management API, or the endpoint's answer.
 *
 * <p>Methods are the event loops' unless they say otherwise.
 */
final class GatewayRequests implements HttpHandler {
  private final Settings settings;
  private final ServerAddress address;
  private final Ids ids;
  private final ConnectionRegistry registry;
  private final Management management;
  private final Gatekeeper gatekeeper;
  private final TokenBucket newConnections;
  private final LastText clients = new LastText();
  private final LastText hosts = new LastText();
  private volatile boolean closed;

  GatewayRequests(
      Settings settings, ServerAddress address, Ids ids, ConnectionRegistry registry, SocketSender sender) {
    this.settings = settings;
    this.address = address;
    this.ids = ids;
    this.registry = registry;
    Profile profile = settings.profile();
    management = new Management(sender, settings);
    gatekeeper = new Gatekeeper(settings.host(), settings.hosts(), settings.origins(), address.port());
    newConnections =
        new TokenBucket(profile.connectionBurst, settings.clock().millis());
  }

  /** Lets nobody connect from now on. Any thread. */
  void close() {
    closed = true;
  }

  /** A page of another origin gets no room for what it would be refused. */
  @Override
  public int bodyBytes(HttpRequest head, int usual) {
    int most = Math.max(usual, settings.profile().postBytes);
    return gatekeeper.isOwn(head) ? settings.endpoint().bodyBytes(head, most) : most;
  }

  @Override
  public boolean wantsBody(HttpRequest head, boolean tooLong) {
    try {
      gatekeeper.mustBeAddressed(head);
      if (Target.of(head.path(), settings.stage()) instanceof Target.Stage) {
        return head.method().equals("GET");
      }
      mustBeOwn(head);
      return !tooLong;
    } catch (RefusedException _) {
      return false;
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws RefusedException {
    HttpRequest request = exchange.request();
    try {
      answer(exchange, request);
    } catch (RefusedException e) {
      tellClient(request, e.status(), e.why());
      throw e;
    }
  }

  private void tellClient(HttpRequest request, int status, String why) {
    ClientToken.of(request.query()).ifPresent(token -> settings.listener().refusedClient(token, status, why));
  }

  private void answer(HttpExchange exchange, HttpRequest request) throws RefusedException {
    gatekeeper.mustBeAddressed(request);
    switch (Target.of(request.path(), settings.stage())) {
      case Target.Stage _ -> upgrade(exchange, request);
      case Target.Connections connections -> {
        mustBeOwn(request);
        exchange.answer(management.answer(request, connections.id(), exchange.body(), exchange.isBodyCut()));
      }
      case Target.BelowStage _ -> belowStage(exchange, request);
      case Target.Other _ -> other(exchange, request);
    }
  }

  private void upgrade(HttpExchange exchange, HttpRequest request) throws RefusedException {
    if (!request.method().equals("GET")) {
      throw new RefusedException(403, "not GET");
    }
    WebSocketUpgrade.check(request);
    gatekeeper.mayConnect(request, settings.deployment().access().origins());
    String client;
    try {
      client = clients.same(exchange.address());
    } catch (IOException e) {
      exchange.socket().close();
      return;
    }
    mustBeOpen();
    long now = settings.clock().millis();
    Profile profile = settings.profile();
    if (!newConnections.take(profile.connectionRate, profile.connectionBurst, now)) {
      throw new RefusedException(429, "more than " + profile.connectionRate + " new connections per second");
    }
    connect(exchange, new Handshake(request, client, now, settings, address, ids, hosts));
  }

  private void connect(HttpExchange exchange, Handshake handshake) throws RefusedException {
    HttpRequest request = exchange.request();
    Event.Connect event = handshake.event();
    IdentityCheck.check(request, event, settings);
    ClientConnection connection = registry.add(exchange.socket(), handshake.context());
    settings.listener().connecting(
        handshake.context(), request.header("Sec-WebSocket-Key").orElse(""));
    ClientToken.of(request.query())
        .ifPresent(token -> settings.listener().connectingClient(token, handshake.context()));
    new HandshakeSteps(exchange, connection, handshake, settings, () -> closed).begin(event);
  }

  private void mustBeOpen() throws RefusedException {
    if (closed) {
      throw HandshakeSteps.closes();
    }
  }

  /** API Gateway has nothing there, and answers what it answers without an upgrade at the stage itself. */
  private void belowStage(HttpExchange exchange, HttpRequest request) throws RefusedException {
    if (request.method().equals("GET") && !request.lists("Upgrade", "websocket")) {
      throw new RefusedException(426, "no upgrade");
    }
    other(exchange, request);
  }

  private void other(HttpExchange exchange, HttpRequest request) throws RefusedException {
    if (request.lists("Upgrade", "websocket")) {
      throw new RefusedException(403, "unknown stage");
    }
    mustBeOwn(request);
    if (exchange.isBodyCut()) {
      throw new RefusedException(413, "body over " + bodyBytes(request, settings.profile().postBytes) + " bytes");
    }
    Thread.startVirtualThread(() -> ask(exchange, request));
  }

  /** Asks the endpoint, on a thread of its own, for it may block. */
  private void ask(HttpExchange exchange, HttpRequest request) {
    try {
      Optional<HttpResponse> response = settings.endpoint().answer(request);
      exchange.socket().execute(() -> response.ifPresentOrElse(
          exchange::answer, () -> exchange.refuse(new RefusedException(403, "unknown path"))));
    } catch (Throwable e) {
      settings.listener().broke(e);
      exchange.socket().execute(() -> exchange.refuse(new RefusedException(500, "endpoint failed")));
    }
  }

  private void mustBeOwn(HttpRequest request) throws RefusedException {
    if (!gatekeeper.isOwn(request)) {
      throw new RefusedException(403, "Origin is not this server's");
    }
  }

  @Override
  public HttpResponse refusal(String path, RefusedException refusal) {
    int status = refusal.status();
    settings.listener().refused(path, status, refusal.why());
    HttpResponse response =
        HttpResponse.of(status, "application/json", "{\"message\":\"" + HttpResponse.reason(status) + "\"}");
    return switch (status) {
      case 401 -> response.header("x-amzn-ErrorType", "UnauthorizedException");
      case 403 -> response.header("x-amzn-ErrorType", "ForbiddenException");
      case 426 ->
          response.header("upgrade", "websocket").header("connection", "upgrade").header("sec-websocket-version", "13");
      default -> response;
    };
  }

  @Override
  public void failed(Throwable bug) {
    settings.listener().broke(bug);
  }
}
