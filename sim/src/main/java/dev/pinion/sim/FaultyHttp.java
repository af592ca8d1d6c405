package dev.pinion.sim;

import dev.pinion.gateway.HandlerTimeoutException;
import dev.pinion.gateway.HttpIntegration;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpBody;
import dev.pinion.spi.HttpEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Handlers of an HTTP API that meet faults: requests that are throttled, or not handled to the end. Any thread. */
final class FaultyHttp implements HttpIntegration {
  private static final HttpAnswer THROTTLED = new HttpAnswer(
      429, Map.of("content-type", "application/json"), List.of(), HttpBody.of("{\"message\":\"Too Many Requests\"}"));

  private final HttpApiModel api;
  private final HttpIntegration handlers;
  private final Faults faults;

  FaultyHttp(HttpApiModel api, HttpIntegration handlers, Faults faults) {
    this.api = api;
    this.handlers = handlers;
    this.faults = faults;
  }

  @Override
  public HttpAnswer invoke(HttpEvent event) throws Exception {
    if (!faults.used()) return handlers.invoke(event);
    if (strikes(Fault.Kind.HTTP_429, event)) return THROTTLED;
    if (!strikes(Fault.Kind.TIMEOUT, event)) return handlers.invoke(event);
    KilledHandler.after(faults.chosenOf(api.id(), FaultyHandlers.MOST_OPERATIONS));
    try {
      handlers.invoke(event);
    } catch (KilledHandler _) {
      // it has ended, as its time is over
    } finally {
      KilledHandler.over();
    }
    throw new HandlerTimeoutException(api.route(event.routeKey()).orElseThrow().options().timeout());
  }

  private boolean strikes(Fault.Kind kind, HttpEvent event) {
    return faults.strikeOf(api.id(), kind, event.context().requestId(), Optional.of(event.routeKey()));
  }
}
