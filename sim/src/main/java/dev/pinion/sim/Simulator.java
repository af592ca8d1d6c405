package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.gateway.Gateway;
import dev.pinion.inspect.Inspection;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.Event;
import dev.pinion.spi.WebSocketModel;
import dev.pinion.tables.EmbeddedTables;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An app that runs on this machine: a gateway for each of its WebSockets, and its tables in a folder. Any thread.
 */
public final class Simulator implements AutoCloseable {
  private final AppModel model;
  private final Path data;
  private final EmbeddedTables tables;
  private final Optional<PermissionGuard> guard;
  private final Map<String, Gateway> gateways = new LinkedHashMap<>();

  private Simulator(AppModel model, Path data, EmbeddedTables tables, Optional<PermissionGuard> guard) {
    this.model = model;
    this.data = data;
    this.tables = tables;
    this.guard = guard;
  }

  /** Returns the options of a run of an app; {@link SimulatorBuilder#start} starts it. */
  public static SimulatorBuilder of(App app) {
    return new SimulatorBuilder(app);
  }

  static Simulator start(SimulatorBuilder options) {
    Definition definition = Definition.of(options.app);
    AppModel model = definition.model();
    LocalValues values = LocalValues.of(model, options.environment, options.environmentFile);
    Ports ports = Ports.of(model, options);
    EmbeddedTables tables = tables(model, options);
    RecordCodec json = new RecordCodec();
    Optional<PermissionGuard> guard = guard(options, model);
    LocalPlatform platform = new LocalPlatform(new CheckedStore(tables), values, json, guard);
    definition.bind(platform);
    Simulator simulator = new Simulator(model, options.data, tables, guard);
    AppPage page = new AppPage(model, json, simulator::endpoints);
    try {
      for (WebSocketModel declared : model.webSockets()) {
        WebSocketModel webSocket = options.stage.map(declared::withStage).orElse(declared);
        Gateway gateway = GatewayStart.start(webSocket, ports.of(webSocket), options, json, page);
        simulator.gateways.put(webSocket.id(), gateway);
        platform.started(webSocket, gateway.sender());
      }
    } catch (RuntimeException e) {
      simulator.close();
      throw e;
    }
    return simulator;
  }

  /** The check of permissions; none where it is off, or where the app cannot be inspected. */
  @SuppressWarnings("CatchingUnchecked") // a bug in the inspection must not keep the app from running
  private static Optional<PermissionGuard> guard(SimulatorBuilder options, AppModel model) {
    if (options.permissions == PermissionMode.OFF) return Optional.empty();
    PermissionGuard guard = new PermissionGuard(options.permissions, model, new LogLine(options.log, options.clock));
    if (options.inspectedLater) return Optional.of(guard);
    try {
      return AppInspection.of(options.app, model).map(inspection -> {
        guard.inspected(inspection, model);
        return guard;
      });
    } catch (IOException | RuntimeException | Error failed) {
      options.log.println("warning: permissions are not checked, as the inspection of the app failed: " + failed);
      return Optional.empty();
    }
  }

  /** Checks permissions from now on, with the result of an inspection of the app. */
  public void inspected(Inspection inspection) {
    guard.ifPresent(each -> each.inspected(inspection, model));
  }

  private static EmbeddedTables tables(AppModel model, SimulatorBuilder options) {
    Path folder = options.data.resolve("tables");
    try {
      if (options.fresh) {
        EmbeddedTables.delete(folder);
      }
      return EmbeddedTables.open(folder, model.tables(), options.clock, options.log::println);
    } catch (FileSystemException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns where clients reach the app's WebSockets, in the order of declaration. */
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    gateways.forEach((id, gateway) -> endpoints.add(new Endpoint(id, gateway.url(), gateway.origin() + "/")));
    return endpoints;
  }

  /** Returns what the app declares. */
  public AppModel model() {
    return model;
  }

  /** Returns the folder that keeps the tables. */
  public Path data() {
    return data;
  }

  /** Closes the app and waits for running handlers, up to one second. */
  @Override
  public void close() {
    close(Duration.ofSeconds(1));
  }

  /**
   * Closes all sockets with 1001, runs {@code onDisconnect} for them, waits for running handlers up to a grace period,
   * and closes the tables.
   *
   * @return the handlers that had not finished, one line each
   */
  public List<String> close(Duration grace) {
    Map<String, List<Event>> unfinished = new ConcurrentHashMap<>();
    try (ExecutorService closing = Executors.newVirtualThreadPerTaskExecutor()) {
      gateways.forEach((id, gateway) -> closing.execute(() -> unfinished.put(id, gateway.close(grace))));
    }
    tables.close();
    return gateways.keySet().stream()
        .flatMap(id -> unfinished.getOrDefault(id, List.of()).stream().map(event -> name(id, event)))
        .toList();
  }

  private static String name(String id, Event event) {
    return id + "/" + event.routeKey() + " for connection " + event.connection().connectionId();
  }
}
