package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.dynamodb.DynamoDbEndpoint;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.Event;
import dev.pinion.spi.Sender;
import dev.pinion.spi.WebSocketModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The programs of a run, one after the other, and the gateways that lead to the present one. Any thread; {@link Reload}
 * replaces the program.
 */
final class Programs {
  private final Run run;
  private final DynamoDbEndpoint dynamoDb;
  private volatile Generation current;
  /** By WebSocket, in the order of declaration; never changed, but replaced. */
  private volatile Map<String, Gateway> gateways = Map.of();
  private volatile List<String> changes = List.of();
  private volatile Optional<String> problem = Optional.empty();
  private boolean closed;

  private Programs(Run run, Generation first) {
    this.run = run;
    current = first;
    dynamoDb = new DynamoDbEndpoint(() -> current.model().tables(), run.tables.requests(), run.json, run.options.clock);
  }

  /** Binds the first program, and starts its gateways. */
  static Programs start(Run run, App app, Definition definition, LocalValues values, Ports ports) {
    Generation first = run.generation(1, app, definition, values);
    Programs programs = new Programs(run, first);
    Map<String, Gateway> started = new LinkedHashMap<>();
    try {
      for (WebSocketModel webSocket : first.model().webSockets()) {
        Gateway gateway = programs.starting(first, webSocket).on(ports.of(webSocket));
        started.put(webSocket.id(), gateway);
        programs.gateways = Collections.unmodifiableMap(new LinkedHashMap<>(started));
        programs.lead(first, webSocket, gateway);
      }
    } catch (RuntimeException e) {
      programs.close(Duration.ofSeconds(1));
      throw e;
    }
    return programs;
  }

  /** Returns what starts the gateway of a program's WebSocket. */
  GatewayStart starting(Generation program, WebSocketModel webSocket) {
    return new GatewayStart(
        webSocket, program.deployment(webSocket.id()), run.options, new AppEndpoint(webSocket.id(), this, dynamoDb));
  }

  /** Lets a program's handlers send through a gateway. */
  void lead(Generation program, WebSocketModel webSocket, Gateway gateway) {
    program.platform().started(run.staged(webSocket), run.options.faults.<Sender>map(
        each -> new FaultySender(gateway.sender(), gateway, each)).orElse(gateway.sender()));
  }

  Generation current() {
    return current;
  }

  Map<String, Gateway> gateways() {
    return gateways;
  }

  /**
   * Makes another program the present one.
   *
   * @param all the gateways of its WebSockets
   * @param switched called at once, unless all is closed, to let the gateways lead to it
   * @throws IllegalStateException if all is closed
   */
  synchronized void replace(Generation next, Map<String, Gateway> all, List<String> declared, Runnable switched) {
    mustBeOpen();
    Map<String, Gateway> ordered = new LinkedHashMap<>();
    next.model().webSockets().forEach(each -> ordered.put(each.id(), all.get(each.id())));
    switched.run();
    current = next;
    gateways = Collections.unmodifiableMap(ordered);
    changes = List.copyOf(declared);
    problem = Optional.empty();
  }

  synchronized void mustBeOpen() {
    if (closed) throw new IllegalStateException("the simulator is closed");
  }

  /** Takes the result of an inspection of one program. */
  void inspected(long program, Inspection inspection) {
    Generation present = current;
    if (present.number() == program) present.inspected(inspection);
  }

  /** Notes what keeps a later program from replacing the present one; empty once it is mended. */
  void problem(Optional<String> text) {
    problem = text;
  }

  ProgramStatus status() {
    Generation program = current;
    return new ProgramStatus(program.number(), program.since(), changes, problem, List.of());
  }

  /** Returns where clients reach the WebSockets, in the order of declaration. */
  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    gateways.forEach((id, gateway) -> endpoints.add(new Endpoint(id, gateway.url(), gateway.origin() + "/")));
    return endpoints;
  }

  HandlerLoad handlerLoad() {
    return gateways.values().stream().map(Gateway::handlerLoad).reduce(HandlerLoad.NONE, HandlerLoad::plus);
  }

  /**
   * Closes all gateways, and waits for handlers.
   *
   * @return the handlers that had not finished, one line each
   */
  List<String> close(Duration grace) {
    synchronized (this) {
      closed = true;
    }
    return close(gateways, grace);
  }

  private static List<String> close(Map<String, Gateway> some, Duration grace) {
    Map<String, List<Event>> unfinished = new ConcurrentHashMap<>();
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      some.forEach((id, gateway) -> closing.execute(() -> unfinished.put(id, gateway.close(grace))));
    }
    return some.keySet().stream()
        .flatMap(id -> unfinished.getOrDefault(id, List.of()).stream().map(event -> name(id, event)))
        .toList();
  }

  private static String name(String id, Event event) {
    return id + "/" + event.routeKey() + " for connection " + event.connection().connectionId();
  }

  Collection<Gateway> all() {
    return gateways.values();
  }
}
