package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.dynamodb.DynamoDbEndpoint;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.gateway.PendingEvent;
import dev.pinion.inspect.Inspection;
import dev.pinion.spi.AppModel;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The programs of a run, one after the other, and the gateways that lead to the present one. Any thread; {@link Reload}
 * replaces the program.
 */
final class Programs {
  /** How long the handlers of a WebSocket that is gone may take before they are reported. */
  private static final Duration REMOVAL = Duration.ofSeconds(1);

  private final Run run;
  private final DynamoDbEndpoint dynamoDb;
  private final AsyncTriggers triggers;
  private final HttpApis httpApis;
  private final Console console;
  private volatile Present present;
  private volatile Optional<String> problem = Optional.empty();
  private final RetiredPrograms retired = new RetiredPrograms();
  /** Gateways of WebSockets that are gone, some of whose handlers may still run. */
  private final List<Gateway> removed = new CopyOnWriteArrayList<>();
  private final List<Thread> removals = new CopyOnWriteArrayList<>();
  private final Runnable exits = ExitWatch.start(this::exits);
  private boolean closed;

  /**
   * The program that runs.
   *
   * @param gateways by WebSocket, in the order of declaration
   * @param changes what it declares otherwise than the one before
   */
  private record Present(Generation program, Map<String, Gateway> gateways, List<String> changes) {
    Present {
      gateways = Collections.unmodifiableMap(new LinkedHashMap<>(gateways));
      changes = List.copyOf(changes);
    }
  }

  private Programs(Run run, Generation first) {
    this.run = run;
    present = new Present(first, Map.of(), List.of());
    triggers = run.triggers(first.model());
    httpApis = new HttpApis(run);
    console = new Console(run, this);
    dynamoDb =
        new DynamoDbEndpoint(() -> current().model().tables(), run.tables.requests(), run.json, run.options.clock);
  }

  /** Binds the first program, and starts its gateways. */
  static Programs start(
      Run run, App app, Definition definition, LocalValues values, Ports ports, Set<Long> others) {
    Generation first = run.generation(1, app, definition, values, others);
    Programs programs = new Programs(run, first);
    Map<String, Gateway> started = new LinkedHashMap<>();
    try {
      for (WebSocketModel webSocket : first.model().webSockets()) {
        Gateway gateway = programs.starting(first, webSocket).on(ports.of(webSocket));
        started.put(webSocket.id(), gateway);
        programs.present = new Present(first, started, List.of());
        programs.lead(first, webSocket, gateway);
      }
      programs.httpApis.start(first, ports);
      programs.triggers.start();
    } catch (RuntimeException e) {
      programs.close(Duration.ofSeconds(1));
      run.messages.close();
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

  /** Something ends the process: the app, unless it is what has started the simulator, and may end it too. */
  private void exits(String path, Throwable call) {
    AppModel model = current().model();
    AsyncLog log = new AsyncLog(model, run.log);
    model.handlers().stream().filter(each -> each.path().equals(path)).findFirst()
        .ifPresentOrElse(handler -> log.exits(handler, call), () -> {
          if (!run.isStarter(Thread.currentThread())) log.exits(Thread.currentThread(), call);
        });
  }

  AsyncTriggers triggers() {
    return triggers;
  }

  HttpApis httpApis() {
    return httpApis;
  }

  Console console() {
    return console;
  }

  Generation current() {
    return present.program();
  }

  Map<String, Gateway> gateways() {
    return present.gateways();
  }

  /**
   * Makes another program the present one, and closes the gateways that it has none of its WebSockets for.
   *
   * @param added the gateways of its new WebSockets
   * @param http those of its new HTTP APIs
   * @throws IllegalStateException if all is closed
   */
  synchronized void replace(Generation next, NewGateways added, HttpApis.Added http, List<String> declared) {
    mustBeOpen();
    Generation before = current();
    Set<Thread> threads = AppThreads.since(before.others());
    Map<String, Gateway> gateways = gateways();
    Map<String, Gateway> all = new LinkedHashMap<>();
    for (WebSocketModel webSocket : next.model().webSockets()) {
      Gateway kept = gateways.get(webSocket.id());
      Gateway gateway = kept == null ? Objects.requireNonNull(added.started().get(webSocket.id())) : kept;
      lead(next, webSocket, gateway);
      all.put(webSocket.id(), gateway);
    }
    Map<String, Gateway> removed = new LinkedHashMap<>(gateways);
    removed.keySet().removeAll(all.keySet());
    all.forEach((id, gateway) -> gateway.deploy(next.deployment(id)));
    triggers.replace(next.model(), new AsyncLog(next.model(), run.log));
    httpApis.replace(next, http);
    present = new Present(next, all, declared);
    problem = Optional.empty();
    added.started().values().forEach(run.moment::apply);
    added.keep(next);
    retired.add(before, threads);
    remove(removed);
  }

  /** Closes gateways in the background; their {@code $disconnect} handlers run in the program that was there. */
  private void remove(Map<String, Gateway> gone) {
    removals.removeIf(each -> !each.isAlive());
    if (gone.isEmpty()) return;
    removed.addAll(gone.values());
    removals.add(Thread.ofPlatform().daemon().name("pinion-removal").start(() -> {
      close(gone, REMOVAL).forEach(each -> run.log.event("the handler " + each + " of a removed WebSocket runs on"));
    }));
  }

  synchronized void mustBeOpen() {
    if (closed) throw new IllegalStateException("the simulator is closed");
  }

  /** Takes the result of an inspection of one program. */
  void inspected(long program, Inspection inspection) {
    Generation now = current();
    if (now.number() == program) now.inspected(inspection);
    else retired.inspected(program, inspection);
  }

  /** Notes what keeps a later program from replacing the present one; empty once it is mended. */
  void problem(Optional<String> text) {
    problem = text;
  }

  ProgramStatus status() {
    Present now = present;
    return new ProgramStatus(now.program().number(), now.program().since(), now.changes(), problem, running());
  }

  /** Returns whether anything of a program that was replaced still runs. */
  boolean hasRetired() {
    return !running().isEmpty();
  }

  /** Returns a line for each handler and thread of programs that were replaced. */
  private List<String> running() {
    removed.removeIf(gateway -> gateway.handlerLoad().isIdle());
    List<String> handlers = retired.running(Stream.concat(all().stream(), removed.stream()).toList());
    return Stream.of(handlers, triggers.retired(), httpApis.retired(), run.byHand.ofOthers(current().number()))
        .flatMap(List::stream).toList();
  }

  /** Returns where clients reach the WebSockets, in the order of declaration. */
  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    gateways().forEach((id, gateway) -> endpoints.add(new Endpoint(id, gateway.url(), gateway.origin() + "/")));
    return endpoints;
  }

  /** Returns what a WebSocket's handlers have to do at this moment. */
  List<PendingEvent> pending(String webSocketId) {
    Gateway gateway = gateways().get(webSocketId);
    return gateway == null ? List.of() : gateway.pending();
  }

  HandlerLoad handlerLoad() {
    return all().stream().map(Gateway::handlerLoad).reduce(HandlerLoad.NONE, HandlerLoad::plus).plus(triggers.load())
        .plus(httpApis.load());
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
    exits.run();
    for (Thread removal : removals) {
      try {
        removal.join(grace);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    List<String> ticks = new CopyOnWriteArrayList<>();
    List<String> requests = new CopyOnWriteArrayList<>();
    // handlers may hold up the threads that carry virtual ones
    Thread closing = Thread.ofPlatform().daemon().start(() -> ticks.addAll(triggers.close(grace)));
    Thread http = Thread.ofPlatform().daemon().start(() -> requests.addAll(httpApis.close(grace)));
    List<String> unfinished = close(gateways(), grace);
    try {
      closing.join();
      http.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Stream.of(unfinished, requests, ticks).flatMap(List::stream).toList();
  }

  private static List<String> close(Map<String, Gateway> some, Duration grace) {
    Map<String, List<Event>> unfinished = new ConcurrentHashMap<>();
    try (ExecutorService closing = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
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
    return gateways().values();
  }
}
