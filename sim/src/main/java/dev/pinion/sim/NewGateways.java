package dev.pinion.sim;

import dev.pinion.gateway.Authorized;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.Integration;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;
import dev.pinion.spi.WebSocketModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The gateways of WebSockets that a program adds, from when they listen until the program is the present one. What
 * their clients send waits meanwhile. One thread.
 */
final class NewGateways implements AutoCloseable {
  private final Map<String, Gateway> started = new LinkedHashMap<>();
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private boolean kept;

  /** What a client sends before the program is there. */
  private record Waiting(CompletableFuture<Integration> handlers) implements Integration {
    @Override
    public Response invoke(Event event) throws Exception {
      return handlers.get().invoke(event);
    }

    @Override
    public Response invoke(Event event, HandlerStart start) throws Exception {
      return handlers.get().invoke(event, start);
    }

    @Override
    public Authorized authorize(Event.Authorize event) throws Exception {
      return handlers.get().authorize(event);
    }
  }

  /**
   * Starts the gateways that are not there yet.
   *
   * @throws SimulatorException if one cannot listen
   */
  void start(Generation program, Programs programs) {
    Set<Integer> taken = new HashSet<>();
    programs.all().forEach(each -> taken.add(each.port()));
    programs.httpApis().gateways().values().forEach(each -> taken.add(each.port()));
    for (WebSocketModel webSocket : program.model().webSockets()) {
      if (programs.gateways().containsKey(webSocket.id())) continue;
      Waiting integration = new Waiting(new CompletableFuture<>());
      Gateway gateway = programs.starting(program, webSocket).onFree(taken, integration);
      started.put(webSocket.id(), gateway);
      waiting.put(webSocket.id(), integration);
      taken.add(gateway.port());
    }
  }

  Map<String, Gateway> started() {
    return started;
  }

  /** Lets their clients in. */
  void keep(Generation program) {
    kept = true;
    started.forEach((id, gateway) -> gateway.deploy(program.deployment(id)));
    waiting.forEach((id, each) -> each.handlers.complete(program.deployment(id).integration()));
  }

  /** Closes them unless they are kept. */
  @Override
  public void close() {
    if (kept) return;
    waiting.values().forEach(each -> each.handlers.cancel(false));
    started.values().forEach(Gateway::close);
  }
}
