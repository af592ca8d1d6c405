package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.dynamodb.DynamoDbEndpoint;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.inspect.Finding;
import dev.pinion.inspect.Finding.Kind;
import dev.pinion.inspect.Inspection;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.Event;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.WebSocketModel;
import dev.pinion.tables.EmbeddedTables;
import java.io.IOException;
import java.io.PrintStream;
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
import java.util.function.Supplier;

/**
 * An app that runs on this machine: a gateway for each of its WebSockets, and its tables in a folder. Any thread.
 */
public final class Simulator implements AutoCloseable {
  private final App app;
  private final AppModel model;
  private final Path data;
  private final EmbeddedTables tables;
  private final Optional<PermissionGuard> guard;
  private final Console console;
  private final PrintedOutput printed;
  private final Map<String, Gateway> gateways = new LinkedHashMap<>();

  private Simulator(
      App app, AppModel model, Path data, EmbeddedTables tables, Optional<PermissionGuard> guard, Console console,
      PrintedOutput printed) {
    this.app = app;
    this.model = model;
    this.data = data;
    this.tables = tables;
    this.guard = guard;
    this.console = console;
    this.printed = printed;
  }

  /** Returns the options of a run of an app; {@link SimulatorBuilder#start} starts it. */
  public static SimulatorBuilder of(App app) {
    return new SimulatorBuilder(app);
  }

  static Simulator start(SimulatorBuilder options) {
    RecordCodec json = new RecordCodec();
    Recording recording = new Recording(json, System::nanoTime);
    PrintedOutput printed = options.interactive ? PrintedOutput.recordedBy(recording) : PrintedOutput.NONE;
    try {
      return start(options, json, recording, printed);
    } catch (RuntimeException | Error failed) {
      printed.restore();
      throw failed;
    }
  }

  private static Simulator start(
      SimulatorBuilder options, RecordCodec json, Recording recording, PrintedOutput printed) {
    Definition definition = Definition.of(options.app);
    AppModel model = definition.model();
    LocalValues values = LocalValues.of(model, options);
    Ports ports = Ports.of(model, options);
    EmbeddedTables tables = tables(model, options);
    recording.secrets(values.secrets(model));
    Store store = new CheckedStore(tables);
    Console console = new Console(model, store, options, recording, tables::sweep);
    LogLine line = new LogLine(options.log, options.clock, recording);
    Optional<PermissionGuard> guard = guard(options, model, line, console);
    options.faults.ifPresent(each -> each.logTo(line));
    LocalPlatform platform = new LocalPlatform(
        options.faults.<Store>map(each -> new FaultyStore(store, each)).orElse(store), values, json, guard, recording);
    definition.bind(platform);
    Simulator simulator = new Simulator(options.app, model, options.data, tables, guard, console, printed);
    AppPage page = new AppPage(model, json, simulator::endpoints, console);
    DynamoDbEndpoint dynamoDb = new DynamoDbEndpoint(model::tables, tables.requests(), json, options.clock);
    try {
      for (WebSocketModel declared : model.webSockets()) {
        WebSocketModel webSocket = options.stage.map(declared::withStage).orElse(declared);
        AppEndpoint endpoint = new AppEndpoint(webSocket.id(), page, dynamoDb);
        Gateway gateway = GatewayStart.start(webSocket, ports.of(webSocket), options, json, endpoint);
        simulator.gateways.put(webSocket.id(), gateway);
        console.started(webSocket.id(), gateway);
        platform.started(webSocket, options.faults.<Sender>map(
            each -> new FaultySender(gateway.sender(), gateway, each)).orElse(gateway.sender()));
      }
    } catch (RuntimeException e) {
      simulator.close();
      throw e;
    }
    return simulator;
  }

  /** The check of permissions; none where it is off, or where the app cannot be inspected. */
  @SuppressWarnings("CatchingUnchecked") // a bug in the inspection must not keep the app from running
  private static Optional<PermissionGuard> guard(
      SimulatorBuilder options, AppModel model, LogLine line, Console console) {
    if (options.permissions == PermissionMode.OFF) return Optional.empty();
    PermissionGuard guard = new PermissionGuard(options.permissions, model, line);
    if (options.inspectedLater) return Optional.of(guard);
    try {
      return AppInspection.of(options.app, model).map(inspection -> {
        guard.inspected(inspection, model);
        console.inspected(inspection);
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
    console.inspected(inspection);
  }

  /**
   * Checks permissions from now on, and prints what else an inspection of the app has found: mistakes, which must stop
   * the app, last. Returns whether there are none.
   */
  public boolean inspected(Inspection inspection, PrintStream findings) {
    inspected(inspection);
    List<Finding> mistakes = inspection.findings().stream().filter(each -> each.kind() == Kind.MISTAKE).toList();
    inspection.findings().stream()
        .filter(each -> each.kind() != Kind.MISTAKE && each.kind() != Kind.PERMISSION)
        .forEach(findings::println);
    mistakes.forEach(findings::println);
    findings.flush();
    return mistakes.isEmpty();
  }

  /** Inspects the app's class as {@link #inspect()} does, and prints the findings. Returns whether it may go on. */
  boolean inspect(PrintStream findings) throws IOException {
    return AppInspection.of(app, model).map(each -> inspected(each, findings)).orElse(true);
  }

  /**
   * Inspects the app's class, or takes what an earlier inspection of it in this process has found, and checks
   * permissions from now on. Empty for an app that cannot be created again, such as a lambda.
   *
   * @throws IOException if the class path cannot be read
   */
  public Optional<Inspection> inspect() throws IOException {
    Optional<Inspection> inspection = AppInspection.of(app, model);
    inspection.ifPresent(this::inspected);
    return inspection;
  }

  /**
   * Starts to inspect an app's class in the background, so that {@link #inspect} has the result sooner. Failures are
   * left to {@link #inspect}.
   */
  public static void inspectAhead(Supplier<App> app) {
    Thread.ofPlatform().name("pinion-inspect").daemon().start(() -> {
      try {
        App created = app.get();
        AppInspection.of(created, Definition.of(created).model());
      } catch (IOException | RuntimeException | Error _) {
        // it is inspected again, where somebody sees why it fails
      }
    });
  }

  /** Returns what was done until now although the role of its handler does not allow it on AWS, a line for each. */
  public List<String> refusals() {
    return guard.map(PermissionGuard::refusals).orElse(List.of());
  }

  /** Returns the tables, without any check of permissions. */
  public Store store() {
    return new CheckedStore(tables);
  }

  /** Returns what handlers have to do at this moment, in all WebSockets. It walks over all connections: for tests. */
  public HandlerLoad handlerLoad() {
    return gateways.values().stream().map(Gateway::handlerLoad).reduce(HandlerLoad.NONE, HandlerLoad::plus);
  }

  /** Applies all limits of time, and deletes expired rows, for a test that has moved the clock. */
  public void sweep() {
    gateways.values().forEach(Gateway::sweep);
    tables.sweep();
  }

  private static EmbeddedTables tables(AppModel model, SimulatorBuilder options) {
    if (options.inMemory) return EmbeddedTables.inMemory(model.tables(), options.clock);
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

  /** Prints where clients reach the app, and where its data is. */
  public void announce(PrintStream out) {
    for (Endpoint each : endpoints()) {
      String whose = gateways.size() == 1 ? "" : " (webSocket '" + each.id() + "')";
      out.println("listening on " + each.url() + whose);
      out.println("page at      " + each.page() + whose);
    }
    out.println("data in      " + data);
    out.flush();
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
    printed.restore();
    console.recording().close();
    return gateways.keySet().stream()
        .flatMap(id -> unfinished.getOrDefault(id, List.of()).stream().map(event -> name(id, event)))
        .toList();
  }

  private static String name(String id, Event event) {
    return id + "/" + event.routeKey() + " for connection " + event.connection().connectionId();
  }
}
