package dev.pinion.sim;

import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs handlers with their own time-outs, as Lambda does: a handler that takes longer is interrupted and fails, as one
 * that throws does. Any thread.
 */
final class HandlerTimeouts {
  private final Dispatcher dispatcher;
  private final Map<String, Duration> shorter = new HashMap<>();

  /**
   * The time-outs of a WebSocket's handlers.
   *
   * @param enforced the time-out that the gateway itself enforces
   */
  HandlerTimeouts(WebSocketModel webSocket, Dispatcher dispatcher, Duration enforced) {
    this.dispatcher = dispatcher;
    for (RouteModel route : webSocket.routes()) {
      if (route.options().timeout().compareTo(enforced) < 0) {
        shorter.put(route.key(), route.options().timeout());
      }
    }
  }

  Response invoke(Event event) throws Exception {
    Duration timeout = shorter.isEmpty() ? null : shorter.get(event.routeKey());
    return timeout == null ? dispatcher.dispatch(event) : within(timeout, event);
  }

  private Response within(Duration timeout, Event event) throws Exception {
    FutureTask<Response> task = new FutureTask<>(() -> dispatcher.dispatch(event));
    Thread thread = Thread.startVirtualThread(task);
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new TimeoutException("Task timed out after " + timeout.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }
}
