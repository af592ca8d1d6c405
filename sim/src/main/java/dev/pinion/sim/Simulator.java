package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.gateway.Gateway;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.WebSocketModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An app that runs on this machine: a gateway for each of its WebSockets, and its tables in a folder. Any thread.
 */
public final class Simulator implements AutoCloseable {
  private final AppModel model;
  private final Path data;
  private final LocalTables tables;
  private final Map<String, Gateway> gateways = new LinkedHashMap<>();

  private Simulator(AppModel model, Path data, LocalTables tables) {
    this.model = model;
    this.data = data;
    this.tables = tables;
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
    LocalTables tables = LocalTables.open(model, options);
    RecordCodec json = new RecordCodec();
    LocalPlatform platform = new LocalPlatform(tables.store(), values, json);
    definition.bind(platform);
    Simulator simulator = new Simulator(model, options.data, tables);
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
