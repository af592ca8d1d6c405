package dev.pinion.sim;

import dev.pinion.HttpCall;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.JsonCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JWT authorizer of an HTTP API, as API Gateway has it: what it accepts goes on to the handler with its claims.
 *
 * <p>Source: API Gateway developer guide, "Troubleshooting issues with HTTP API JWT authorizers".
 */
final class HttpAuthorization {
  /** API Gateway's answer without a token that is accepted. */
  static final HttpAnswer UNAUTHORIZED = new HttpAnswer(
      401, Map.of("content-type", "application/json", "www-authenticate", "Bearer"), List.of(),
      HttpBody.of("{\"message\":\"Unauthorized\"}"));

  private HttpAuthorization() {}

  /** Returns the event with what the authorizer has found; empty if it is not accepted. */
  static Optional<HttpEvent> of(HttpApiModel api, HttpEvent event, JsonCodec json) {
    if (api.authorizer().isEmpty()) return Optional.of(event);
    return api.authorizer().get().authorizer().claims(new HttpCall(event, json)).map(claims -> with(event, claims));
  }

  private static HttpEvent with(HttpEvent event, Map<String, String> claims) {
    HttpEvent.Context old = event.context();
    HttpEvent.Context context = new HttpEvent.Context(
        old.requestId(), old.timeEpoch(), old.sourceIp(), old.userAgent(), old.domainName(), claims);
    return new HttpEvent(
        event.routeKey(), event.method(), event.path(), event.rawQuery(), event.headers(), event.cookies(),
        event.pathParameters(), event.body(), context);
  }
}
