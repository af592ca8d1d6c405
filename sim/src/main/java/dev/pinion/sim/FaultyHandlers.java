package dev.pinion.sim;

import dev.pinion.gateway.Authorized;
import dev.pinion.gateway.HandlerTimeoutException;
import dev.pinion.gateway.Integration;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;
import dev.pinion.spi.WebSocketModel;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Handlers that meet faults: events that are lost, out of order, or not handled to the end. Any thread. */
final class FaultyHandlers implements Integration {
  /** A handler that times out has done up to so many operations. */
  static final int MOST_OPERATIONS = 3;

  private final WebSocketModel webSocket;
  private final Integration handlers;
  private final Faults faults;

  FaultyHandlers(WebSocketModel webSocket, Integration handlers, Faults faults) {
    this.webSocket = webSocket;
    this.handlers = handlers;
    this.faults = faults;
  }

  @Override
  public Response invoke(Event event) throws Exception {
    return invoke(event, HandlerStart.UNWATCHED);
  }

  @Override
  public Response invoke(Event event, HandlerStart start) throws Exception {
    if (!faults.used()) return handlers.invoke(event, start);
    if (event instanceof Event.Disconnect && strikes(Fault.Kind.DISCONNECT, event)) return Response.OK;
    if (!(event instanceof Event.Message) || webSocket.ordered()) return handled(event, start);
    FaultyConnection connection = faults.of(event.connection().connectionId());
    if (strikes(Fault.Kind.REORDER, event)) {
      start.begins(); // the next one comes before it
      connection.awaitOther();
    }
    try {
      return handled(event, start);
    } finally {
      connection.handled();
    }
  }

  private boolean strikes(Fault.Kind kind, Event event) {
    return faults.strike(kind, event.connection().connectionId(), Optional.of(event.routeKey()));
  }

  @Override
  public Authorized authorize(Event.Authorize event) throws Exception {
    return faults.used() ? handled(event, () -> handlers.authorize(event)) : handlers.authorize(event);
  }

  private Response handled(Event event, HandlerStart start) throws Exception {
    return handled(event, () -> handlers.invoke(event, start));
  }

  private <T> T handled(Event event, Callable<T> call) throws Exception {
    if (!strikes(Fault.Kind.TIMEOUT, event)) return call.call();
    KilledHandler.after(faults.chosen(event.connection().connectionId(), MOST_OPERATIONS));
    try {
      call.call();
    } catch (KilledHandler _) {
      // it has ended, as its time is over
    } finally {
      KilledHandler.over();
    }
    throw new HandlerTimeoutException(
        webSocket.handler(event.routeKey()).map(handler -> handler.options().timeout())
            .orElse(ApiGatewayQuotas.INTEGRATION_TIMEOUT));
  }
}
