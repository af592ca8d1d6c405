package dev.pinion.sim;

import dev.pinion.gateway.HandlerLoad;
import dev.pinion.gateway.HttpDeployment;
import dev.pinion.gateway.HttpGateway;
import dev.pinion.gateway.HttpIntegration;
import dev.pinion.spi.Dispatcher;
import dev.pinion.spi.HttpAnswer;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.HttpEvent;
import dev.pinion.spi.HttpRouteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The HTTP APIs of a run, each with a gateway that leads to the present program. Any thread. */
final class HttpApis {
  private static final Duration REMOVAL = Duration.ofSeconds(1);

  private final Run run;
  /** By HTTP API, in the order of declaration. */
  private volatile Map<String, HttpGateway> gateways = Map.of();
  private volatile Set<HttpDeployment> present = Set.of();
  private final List<HttpGateway> removed = new CopyOnWriteArrayList<>();
  private final List<Thread> removals = new CopyOnWriteArrayList<>();

  HttpApis(Run run) {
    this.run = run;
  }

  /** Returns what the gateway of an HTTP API leads to, in an app with a class loader. */
  static HttpDeployment deployment(HttpApiModel api, @Nullable ClassLoader loader, Run run) {
    HttpLog log = new HttpLog(api, run.log);
    HttpIntegration handlers = handlers(api, loader, run);
    HttpIntegration all =
        run.options.faults.<HttpIntegration>map(each -> new FaultyHttp(api, handlers, each)).orElse(handlers);
    return new HttpDeployment(api, new RecordedHttp(api, all, run.recording), log);
  }

  /** Handlers run with the context class loader of their program: libraries look for classes there, as on AWS. */
  private static HttpIntegration handlers(HttpApiModel api, @Nullable ClassLoader loader, Run run) {
    Map<String, HttpRouteModel> routes = new HashMap<>();
    api.routes().forEach(each -> routes.put(each.key(), each));
    return event -> {
      Thread thread = Thread.currentThread();
      thread.setContextClassLoader(loader);
      try {
        Optional<HttpEvent> authorized = HttpAuthorization.of(api, event, run.json);
        return authorized.isEmpty() ? HttpAuthorization.UNAUTHORIZED
            : Dispatcher.dispatch(authorized.get(), Objects.requireNonNull(routes.get(event.routeKey())), run.json);
      } finally {
        thread.setContextClassLoader(null); // whoever still refers to the thread keeps no program
      }
    };
  }

  /** Starts the gateways of the first program. */
  void start(Generation first, Ports ports) {
    Map<String, HttpGateway> started = new LinkedHashMap<>();
    for (HttpApiModel api : first.model().httpApis()) {
      HttpGateway gateway = new HttpGatewayStart(api, first.httpDeployment(api.id()), run.options).on(ports.of(api));
      started.put(api.id(), gateway);
      first.platform().started(api, gateway.url());
      gateways = Map.copyOf(started);
    }
    gateways = started;
    present = Set.copyOf(first.httpDeployments().values());
  }

  /** The gateways of HTTP APIs that a program adds, until it is the present one. Their clients wait meanwhile. */
  static final class Added implements AutoCloseable {
    private final Map<String, HttpGateway> started = new LinkedHashMap<>();
    private final CompletableFuture<Generation> program = new CompletableFuture<>();
    private boolean kept;

    Map<String, HttpGateway> started() {
      return started;
    }

    private HttpDeployment waiting(HttpApiModel api, HttpDeployment later) {
      HttpIntegration integration = event -> invoke(api, event);
      return new HttpDeployment(api, integration, later.listener());
    }

    private HttpAnswer invoke(HttpApiModel api, HttpEvent event) throws Exception {
      return program.get().httpDeployment(api.id()).integration().invoke(event);
    }

    @Override
    public void close() {
      if (kept) return;
      program.cancel(false);
      started.values().forEach(HttpGateway::close);
    }
  }

  /**
   * Starts the gateways that are not there yet.
   *
   * @param used ports that are not to be tried
   * @throws SimulatorException if one cannot listen
   */
  Added add(Generation next, Collection<Integer> used) {
    Added added = new Added();
    Set<Integer> taken = new HashSet<>(used);
    gateways.values().forEach(each -> taken.add(each.port()));
    try {
      for (HttpApiModel api : next.model().httpApis()) {
        if (gateways.containsKey(api.id())) continue;
        HttpDeployment waiting = added.waiting(api, next.httpDeployment(api.id()));
        HttpGateway gateway = new HttpGatewayStart(api, waiting, run.options).onFree(taken);
        added.started.put(api.id(), gateway);
        taken.add(gateway.port());
      }
      return added;
    } catch (RuntimeException e) {
      added.close();
      throw e;
    }
  }

  /** Leads to another program, and closes the gateways of HTTP APIs that it does not have. */
  void replace(Generation next, Added added) {
    Map<String, HttpGateway> all = new LinkedHashMap<>();
    for (HttpApiModel api : next.model().httpApis()) {
      HttpGateway kept = gateways.get(api.id());
      HttpGateway gateway = kept == null ? Objects.requireNonNull(added.started.get(api.id())) : kept;
      next.platform().started(api, gateway.url());
      gateway.deploy(next.httpDeployment(api.id()));
      all.put(api.id(), gateway);
    }
    Map<String, HttpGateway> gone = new LinkedHashMap<>(gateways);
    gone.keySet().removeAll(all.keySet());
    gateways = all;
    present = Set.copyOf(next.httpDeployments().values());
    added.kept = true;
    added.program.complete(next);
    forgetIdle();
    removed.addAll(gone.values());
    removals.removeIf(each -> !each.isAlive());
    gone.values().forEach(each -> removals.add(Thread.ofPlatform().daemon().name("pinion-removal").start(() -> {
      each.close(REMOVAL);
      forgetIdle();
    })));
  }

  /** Lets go of the removed gateways that run nothing any more, and so of their programs. */
  private void forgetIdle() {
    removed.removeIf(each -> each.running(_ -> true).isEmpty());
  }

  Map<String, HttpGateway> gateways() {
    return gateways;
  }

  /** Returns a line for each handler of an earlier program that still runs. */
  List<String> retired() {
    List<String> lines = new ArrayList<>();
    List<HttpGateway> all = new ArrayList<>(gateways.values());
    all.addAll(removed);
    for (HttpGateway gateway : all) {
      for (HttpGateway.Running each : gateway.running(one -> !present.contains(one))) {
        each.thread().forEach(thread -> lines.add(
            "an earlier program: handler " + each.event().routeKey() + " runs for request "
                + each.event().context().requestId() + ", at " + AppThreads.place(thread.getStackTrace())));
      }
    }
    return lines;
  }

  HandlerLoad load() {
    return gateways.values().stream().map(HttpGateway::handlerLoad).reduce(HandlerLoad.NONE, HandlerLoad::plus);
  }

  void sweep() {
    gateways.values().forEach(HttpGateway::sweep);
  }

  /**
   * Closes all gateways, and waits for handlers, also for those of HTTP APIs that are being removed.
   *
   * @return the handlers that had not finished, one line each
   */
  List<String> close(Duration grace) {
    List<String> unfinished = new CopyOnWriteArrayList<>();
    List<Thread> closing = new ArrayList<>(removals);
    gateways.forEach((id, gateway) -> closing.add(Thread.ofPlatform().daemon().start(() -> gateway.close(grace).forEach(
        event -> unfinished.add(id + "/" + event.routeKey() + " for request " + event.context().requestId())))));
    for (Thread each : closing) {
      try {
        each.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return unfinished;
  }
}
