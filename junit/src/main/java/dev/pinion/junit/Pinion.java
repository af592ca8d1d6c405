package dev.pinion.junit;

import dev.pinion.App;
import dev.pinion.Definition;
import dev.pinion.sim.Endpoint;
import dev.pinion.sim.Faults;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.RouteSelectionExpression;
import dev.pinion.spi.RouteSelectionExpression.BodyPath;
import dev.pinion.spi.RouteSelectionExpression.Member;
import dev.pinion.spi.ScheduleModel;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.WebSocketModel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The app of a test: on a local platform of its own, or deployed. A test gets it as a parameter ({@link PinionTest}),
 * or starts it itself, which works with any test framework:
 *
 * <pre>{@code
 * try (Pinion pinion = Pinion.of(new Lobby()).value("password", "x").start()) { ... }
 * }</pre>
 *
 * <p>Any thread.
 */
public final class Pinion implements AutoCloseable {
  /** How long a handshake may take, whatever expectations may. */
  private static final int CONNECT_MILLIS = 30_000;

  private final AppModel model;
  private final Clients clients;
  private final Map<String, URI> urls = new LinkedHashMap<>();
  private final Map<Connected, WebSocketModel> webSockets = new ConcurrentHashMap<>();
  private final @Nullable LocalApp local;
  private boolean closed;

  Pinion(PinionBuilder options) {
    clients = new Clients(options.limit, options.seed);
    if (options.target.isEmpty()) {
      LocalApp app = new LocalApp(options, clients);
      local = app;
      model = app.simulator().model();
      for (Endpoint each : app.simulator().endpoints()) urls.put(each.id(), URI.create(each.url()));
      app.simulator().httpUrls().forEach((id, url) -> urls.put(id, URI.create(url)));
    } else {
      local = null;
      model = Definition.of(options.app).model();
      urls.putAll(DeployedTarget.parse(options.target).urls());
    }
  }

  /** Returns the options of an app's start. */
  public static PinionBuilder of(App app) {
    return new PinionBuilder(app);
  }

  /** Connects a client. */
  public TestClient connect() {
    return connect(handshake -> {});
  }

  /**
   * Connects a client.
   *
   * @param handshake sets what the client sends: {@code h -> h.query("token", "x")}
   */
  public TestClient connect(Consumer<ClientHandshake> handshake) {
    ClientHandshake asked = new ClientHandshake();
    handshake.accept(asked);
    return connect(asked);
  }

  TestClient connect(ClientHandshake handshake) {
    String name = clients.name(handshake);
    Wire wire = open(handshake, name);
    if (wire.status() == 101) return connected(handshake, name, wire);
    Rejection rejection = rejection(wire);
    clients.transcript().add(name, "not connected: " + rejection.status());
    throw failures().of(
        name + " expected to be connected\n  but the handshake was answered " + rejection.status()
            + (rejection.body().isEmpty() ? "" : " " + Transcript.shown(rejection.body()))
            + withoutStage(webSocket(handshake)),
        101, rejection.status());
  }

  /** A hint for the URL of a target that ends before the stage. */
  private String withoutStage(WebSocketModel webSocket) {
    URI url = url(webSocket.id());
    if (isLocal() || url.getPath().length() > 1) return "";
    return "\n  " + url + " has no stage: unless it is a domain of your own, write "
        + url.toString().replaceFirst("/$", "") + "/" + webSocket.stage();
  }

  private TestClient connected(ClientHandshake handshake, String name, Wire wire) {
    clients.transcript().add(name, "connected");
    Connected connection = new Connected(wire, name, clients.transcript());
    webSockets.put(connection, webSocket(handshake));
    clients.add(connection);
    connection.start();
    return new TestClient(this, connection, name, limit());
  }

  private Wire open(ClientHandshake handshake, String name) {
    URI url = url(webSocket(handshake).id());
    try {
      return Wire.open(url, handshake, CONNECT_MILLIS);
    } catch (IOException e) {
      var failure = failures().of(name + " could not connect to " + url + ": " + e);
      failure.initCause(e);
      throw failure;
    }
  }

  /** Expects that a client that sends no more than it must is not let in, and returns the answer. */
  public Rejection expectRejection(int status) {
    return expectRejection(status, _ -> {});
  }

  /** Expects that a client is not let in, and returns the answer. */
  public Rejection expectRejection(int status, Consumer<ClientHandshake> handshake) {
    ClientHandshake asked = new ClientHandshake();
    handshake.accept(asked);
    String name = clients.name(asked);
    Wire wire = open(asked, name);
    if (wire.status() == 101) {
      connected(asked, name, wire);
      throw failures().of(
          name + " expected to be rejected with " + status + "\n  but it was connected", status, 101);
    }
    Rejection rejection = rejection(wire);
    clients.transcript().add(name, "not connected: " + rejection.status());
    if (rejection.status() == status) return rejection;
    throw failures().of(
        name + " expected to be rejected with " + status + "\n  but the handshake was answered " + rejection.status(),
        status, rejection.status());
  }

  private static Rejection rejection(Wire wire) {
    String body = "";
    try {
      body = wire.body();
      wire.close();
    } catch (IOException _) {
      // the status is known
    }
    return new Rejection(wire.status(), body);
  }

  private WebSocketModel webSocket(ClientHandshake handshake) {
    List<WebSocketModel> all = model.webSockets();
    String id = handshake.webSocket();
    if (id.isEmpty() && all.size() == 1) return all.getFirst();
    return all.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(
        () -> new IllegalArgumentException(
            (id.isEmpty() ? "name the WebSocket, with @Connect(webSocket = \"...\") or handshake.webSocket(\"...\")"
                : "the app has no WebSocket '" + id + "'") + ": it has " + ids(all)));
  }

  private static List<String> ids(List<? extends ResourceModel> resources) {
    return resources.stream().map(ResourceModel::id).toList();
  }

  private URI url(String webSocketId) {
    URI named = urls.get(webSocketId);
    URI any = urls.get("");
    if (named == null && any == null) {
      throw new IllegalArgumentException(
          "-D" + DeployedTarget.PROPERTY + " has no URL of '" + webSocketId + "'");
    }
    return named == null ? java.util.Objects.requireNonNull(any) : named;
  }

  /**
   * Returns the URL of the app's WebSocket, for clients of another kind; of the first one, if it has several.
   *
   * @throws IllegalArgumentException if it has none
   */
  public String url() {
    if (model.webSockets().isEmpty()) throw new IllegalArgumentException("the app has no WebSocket");
    return url(model.webSockets().getFirst().id()).toString();
  }

  /**
   * Returns the app's HTTP API, to send requests to.
   *
   * @throws IllegalArgumentException if it has none, or several
   */
  public TestHttpApi http() {
    List<HttpApiModel> all = model.httpApis();
    if (all.size() == 1) return http(all.getFirst().id());
    throw new IllegalArgumentException(
        all.isEmpty() ? "the app has no HTTP API" : "name the HTTP API, with Pinion.http(id): it has " + ids(all));
  }

  /** Returns an HTTP API of the app, to send requests to. */
  public TestHttpApi http(String id) {
    if (model.httpApis().stream().noneMatch(each -> each.id().equals(id))) {
      throw new IllegalArgumentException("the app has no HTTP API '" + id + "': it has " + ids(model.httpApis()));
    }
    return new TestHttpApi(this, id, url(id).toString().replaceFirst("/$", ""));
  }

  /** Returns a table, to arrange rows and to look at them. Aborts the test if the app is deployed. */
  public TestTable table(String id) {
    LocalApp app = local("Pinion.table");
    TableModel table = model.tables().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("the app has no table '" + id + "': it has " + ids(model.tables())));
    return new TestTable(app, table);
  }

  /** Returns a schedule, to let it tick and to look at its ticks. Aborts the test if the app is deployed. */
  public TestSchedule schedule(String id) {
    LocalApp app = local("Pinion.schedule");
    ScheduleModel schedule = model.schedules().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("the app has no schedule '" + id + "': it has " + ids(model.schedules())));
    return new TestSchedule(app, schedule);
  }

  /** Returns a queue, to send to it and to look at its messages. Aborts the test if the app is deployed. */
  public TestQueue queue(String id) {
    LocalApp app = local("Pinion.queue");
    QueueModel queue = model.queues().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("the app has no queue '" + id + "': it has " + ids(model.queues())));
    return new TestQueue(app, queue);
  }

  /** Returns a task, to start it and to look at its starts. Aborts the test if the app is deployed. */
  public TestTask task(String id) {
    LocalApp app = local("Pinion.task");
    TaskModel task = model.tasks().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(
        () -> new IllegalArgumentException("the app has no task '" + id + "': it has " + ids(model.tasks())));
    return new TestTask(app, task);
  }

  /** Returns the clock of the platform. Aborts the test if the app is deployed. */
  public TestClock clock() {
    return new TestClock(local("Pinion.clock"));
  }

  /**
   * Returns the faults of the platform, which has none until they are added. The text of a failure has their seed.
   * Aborts the test if the app is deployed.
   */
  public Faults faults() {
    local("Pinion.faults");
    return clients.faults();
  }

  /**
   * Waits until what the clients have sent is handled. Aborts if the app is deployed.
   *
   * @throws AssertionError if a handler still runs at the end of the time limit
   */
  public void settle() {
    local("Pinion.settle").settle();
  }

  /** Returns the lines of the app's log until now. Aborts the test if the app is deployed. */
  public List<String> log() {
    local("Pinion.log");
    return clients.log().lines();
  }

  /** Returns the id of a connection that is gone, for rows that a crash has left. */
  public static String goneId() {
    byte[] random = new byte[11];
    java.util.concurrent.ThreadLocalRandom.current().nextBytes(random);
    return java.util.Base64.getUrlEncoder().encodeToString(random);
  }

  /** Returns the local platform; aborts the test, with the name of what needs it, if the app is deployed. */
  LocalApp local(String feature) {
    LocalApp app = local;
    if (app != null) return app;
    throw new TestAbortedException(
        feature + " needs the local platform, but the test runs with -D" + DeployedTarget.PROPERTY + " against "
            + new DeployedTarget(urls));
  }

  boolean isLocal() {
    return local != null;
  }

  void ifLocal(Consumer<LocalApp> action) {
    Optional.ofNullable(local).ifPresent(action);
  }

  Duration limit() {
    return clients.limit();
  }

  Failures failures() {
    return clients.failures();
  }

  Transcript transcript() {
    return clients.transcript();
  }

  /** Returns the member of a message that selects its route. */
  String selector(Connected connection) {
    WebSocketModel webSocket = java.util.Objects.requireNonNull(webSockets.get(connection));
    String expression = webSocket.routeSelectionExpression();
    List<RouteSelectionExpression.Part> parts = RouteSelectionExpression.parse(expression).parts();
    if (parts.size() == 1 && parts.getFirst() instanceof BodyPath(var steps) && steps.size() == 1
        && steps.getFirst() instanceof Member(String name)) {
      return name;
    }
    throw new IllegalArgumentException(
        "WebSocket '" + webSocket.id() + "' selects routes by " + expression + ", so write the whole message");
  }

  /**
   * Closes the clients and the app.
   *
   * @throws AssertionError if the app did what its roles do not allow on AWS
   */
  @Override
  public void close() {
    if (closed) return;
    closed = true;
    List<String> wrong = local == null ? List.of() : local.close();
    clients.close();
    if (!wrong.isEmpty()) {
      throw failures().of("the app would not work on AWS:\n  " + String.join("\n  ", wrong));
    }
  }
}
