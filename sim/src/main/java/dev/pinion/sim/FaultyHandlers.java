package dev.pinion.sim;

import dev.pinion.gateway.HandlerTimeoutException;
import dev.pinion.gateway.Integration;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Handlers that meet faults: events that are lost, out of order, or not handled to the end. Any thread. */
final class FaultyHandlers implements Integration {
  /** A handler that times out has done up to so many operations. */
  private static final int MOST_OPERATIONS = 3;
  /** How long a message waits for another one, if none comes. */
  private static final long REORDER_MILLIS = 250;

  private final WebSocketModel webSocket;
  private final Integration handlers;
  private final Faults faults;
  private final Map<String, Turns> turns = new ConcurrentHashMap<>();

  FaultyHandlers(WebSocketModel webSocket, Integration handlers, Faults faults) {
    this.webSocket = webSocket;
    this.handlers = handlers;
    this.faults = faults;
  }

  @Override
  public Response invoke(Event event) throws Exception {
    if (!faults.used()) return handlers.invoke(event);
    String id = event.connection().connectionId();
    if (event instanceof Event.Disconnect) {
      turns.remove(id);
      if (strikes(Fault.Kind.DISCONNECT, event)) return Response.OK;
    }
    if (!(event instanceof Event.Message) || webSocket.ordered()) return handled(event);
    Turns own = turns.computeIfAbsent(id, _ -> new Turns());
    if (strikes(Fault.Kind.REORDER, event)) own.awaitOther();
    try {
      return handled(event);
    } finally {
      own.done();
    }
  }

  private boolean strikes(Fault.Kind kind, Event event) {
    return faults.strike(kind, event.connection().connectionId(), Optional.of(event.routeKey()));
  }

  private Response handled(Event event) throws Exception {
    if (!strikes(Fault.Kind.TIMEOUT, event)) return handlers.invoke(event);
    KilledHandler.after(faults.chosen(event.connection().connectionId(), MOST_OPERATIONS));
    try {
      handlers.invoke(event);
    } catch (KilledHandler _) {
      // it has ended, as its time is over
    } finally {
      KilledHandler.over();
    }
    throw new HandlerTimeoutException(
        webSocket.route(event.routeKey()).map(RouteModel::options).map(options -> options.timeout())
            .orElse(ApiGatewayQuotas.INTEGRATION_TIMEOUT));
  }

  /** The messages of one connection that have been handled. */
  private static final class Turns {
    private int done;

    synchronized void done() {
      done++;
      notifyAll();
    }

    /** Waits until another message has been handled. */
    synchronized void awaitOther() throws InterruptedException {
      int before = done;
      long end = System.currentTimeMillis() + REORDER_MILLIS;
      for (long left = REORDER_MILLIS; done == before && left > 0; left = end - System.currentTimeMillis()) {
        wait(left);
      }
    }
  }
}
