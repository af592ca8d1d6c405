package dev.pinion.gateway;

import dev.pinion.engine.HttpExchange;
import dev.pinion.engine.HttpResponse;
import dev.pinion.engine.RefusedException;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is asked about one handshake, and the answers to it.
 *
 * <pre>
 *   AUTHORIZER ---- allows ----&gt; $connect ---- 2xx ----&gt; 101
 *       |                            |
 *       '-- 401, 403, 500            '-- its own status, 502, 504
 * </pre>
 *
 * <p>Steps that the API does not have are left out. Methods are the event loop's.
 */
final class HandshakeSteps {
  private static final String ERROR_TYPE = "x-amzn-ErrorType";

  private final HttpExchange exchange;
  private final ClientConnection connection;
  private final Handshake handshake;
  private final Settings settings;
  private final BooleanSupplier closed;

  HandshakeSteps(
      HttpExchange exchange, ClientConnection connection, Handshake handshake, Settings settings,
      BooleanSupplier closed) {
    this.exchange = exchange;
    this.connection = connection;
    this.handshake = handshake;
    this.settings = settings;
    this.closed = closed;
  }

  void begin(Event.Connect event) {
    if (settings.deployment().access().authorizer().isPresent()) {
      connection.ask(
          new Work.Authorize(Handshake.question(event), decided -> onLoop(() -> decided(event, decided))));
    } else {
      connect(event);
    }
  }

  private void decided(Event.Connect event, Optional<Authorized> decided) {
    if (decided.isEmpty()) {
      reject(500, "{\"message\":null}", "AuthorizerConfigurationException", "the authorizer failed");
      return;
    }
    switch (decided.get()) {
      case Authorized.Allowed(var context) -> allowed(event, context);
      case Authorized.Denied _ -> reject(
          403, "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}",
          "AccessDeniedException", "the authorizer denies it");
      case Authorized.Unknown _ ->
          reject(401, "{\"message\":\"Unauthorized\"}", "UnauthorizedException", "the authorizer answers unauthorized");
    }
  }

  /** A client that has left meanwhile is forgotten, so that {@code $connect} is not asked about it. */
  private void allowed(Event.Connect event, Map<String, String> context) {
    if (exchange.hasClientLeft()) {
      connection.refused();
      exchange.socket().close();
      return;
    }
    connection.authorized(context);
    connect(event.authorized(context));
  }

  private void reject(int status, String body, String errorType, String why) {
    connection.refused();
    settings.listener().unauthorized(exchange.request().path(), status, why);
    tellClient(status, why);
    exchange.answerLast(HttpResponse.of(status, "application/json", body).header(ERROR_TYPE, errorType));
  }

  private void connect(Event.Connect event) {
    if (settings.deployment().routes().keys().contains(RouteTable.CONNECT)) {
      connection.ask(new Work.Connect(event, response -> onLoop(() -> answered(response))));
    } else {
      answered(Response.OK);
    }
  }

  private void answered(Response response) {
    try {
      if (closed.getAsBoolean()) throw closes();
      if (response.successful()) {
        exchange.upgrade(handshake.accepted(response), connection.session());
        return;
      }
      connection.refused();
      int status = response.statusCode() < 200 ? 502 : response.statusCode();
      String why = "the $connect handler's answer";
      settings.listener().rejected(exchange.request().path(), status, why);
      tellClient(status, why);
      exchange.answerLast(HttpResponse.of(status));
    } catch (RefusedException e) {
      connection.refused();
      tellClient(e.status(), e.why());
      exchange.refuse(e);
    }
  }

  private void onLoop(Runnable answer) {
    exchange.socket().execute(answer);
  }

  static RefusedException closes() {
    return new RefusedException(503, "gateway closes");
  }

  private void tellClient(int status, String why) {
    ClientToken.of(exchange.request().query())
        .ifPresent(token -> settings.listener().refusedClient(token, status, why));
  }
}
