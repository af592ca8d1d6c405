package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Table;
import dev.pinion.TableBuilder;
import dev.pinion.WebSocket;
import dev.pinion.WebSocketBuilder;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** What a program declares otherwise than the one before is applied while it runs. */
@Timeout(60)
class ReloadDeclarationTest {
  @TempDir private Path data = Path.of("set by JUnit");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));

  private SimulatorBuilder of(App app) {
    return Simulator.of(app).port(0).data(data).clock(now::get).environment(Map.of())
        .environmentFile(data.resolve(".env")).log(new PrintStream(OutputStream.nullOutputStream()));
  }

  private static App sockets(UnaryOperator<WebSocketBuilder> options, BiConsumer<Cloud, WebSocket> rest) {
    return cloud -> rest.accept(cloud, options.apply(cloud.webSocket("ws")).create());
  }

  private static App socket(BiConsumer<Cloud, WebSocket> rest) {
    return sockets(each -> each, rest);
  }

  /** An app with a table whose rows are added by messages; other messages are answered with what it finds. */
  private static App rows(UnaryOperator<TableBuilder> options, String index) {
    return socket((cloud, ws) -> {
      Table rows = options.apply(cloud.table("rows").hashKey("id", STRING)).create();
      ws.onMessage((c, body) -> {
        if (body.startsWith("put ")) {
          rows.putItem(Item.of("id", body.substring(4), "room", "hall", "until", 1_005));
        }
        long found = index.isEmpty() ? rows.scan().count()
            : rows.query(Query.hashKey("hall").index(index))
                .count();
        ws.sendMessage(c.id(), "rows " + found);
      });
    });
  }

  private static List<String> changes(Simulator running, App app) {
    Reloaded result = running.reload(app);
    assertThat(result).isInstanceOf(Reloaded.Applied.class);
    return ((Reloaded.Applied) result).changes();
  }

  private static String answer(Client client, String message) throws InterruptedException {
    client.send(message);
    return client.next();
  }

  record Said(String text) {}

  @Test
  void aHandlerThatTakesATypeDoesNotAnswer() throws Exception {
    try (Simulator running = of(socket((cloud, ws) -> ws.onRoute("say", (c, body) -> {}))).start()) {
      assertThat(changes(running, socket((cloud, ws) -> ws.onRoute("say", Said.class, (c, said) -> {}))))
          .containsExactly("route 'ws/say': the type of its messages is now app.ReloadDeclarationTest$Said, was"
              + " java.lang.String");
    }
  }

  @Test
  void routesAreAddedRemovedAndChanged() throws Exception {
    try (Simulator running = of(socket((cloud, ws) -> {
      ws.onRoute("say", (c, body) -> ws.sendMessage(c.id(), "said"));
      ws.onRoute("gone", (c, body) -> {});
    })).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(answer(client, "{\"action\":\"say\"}")).isEqualTo("said");
      assertThat(changes(running, socket((cloud, ws) -> {
        ws.onRequest("say", (c, body) -> "answered").memory(1024);
        ws.onRoute("new", (c, body) -> ws.sendMessage(c.id(), "new"));
        ws.onMessage((c, body) -> ws.sendMessage(c.id(), "default"));
      }))).containsExactly(
          "route 'ws/say': its handler now answers",
          "route 'ws/say': its memory in MiB is now 1024, was 512",
          "webSocket 'ws': route 'new' was added",
          "webSocket 'ws': route '$default' was added",
          "webSocket 'ws': route 'gone' was removed");
      assertThat(answer(client, "{\"action\":\"say\"}")).isEqualTo("answered");
      assertThat(answer(client, "{\"action\":\"new\"}")).isEqualTo("new");
      assertThat(answer(client, "{\"action\":\"gone\"}")).isEqualTo("default");
    }
  }

  @Test
  void connectAndDisconnectHandlersComeAndGo() throws Exception {
    LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
    try (Simulator running = of(socket((cloud, ws) -> {})).start()) {
      Client before = new Client(running.endpoints().getFirst());
      changes(running, socket((cloud, ws) -> {
        ws.onConnect(c -> c.accept("new"));
        ws.onDisconnect(c -> ended.add("ended " + c.code()));
      }));
      assertThat(new Client(running.endpoints().getFirst(), "old", "new").subprotocol()).isEqualTo("new");
      before.close(1000, "");
      assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("ended 1000");
      changes(running, socket((cloud, ws) -> {}));
      assertThat(new Client(running.endpoints().getFirst()).subprotocol()).isEmpty();
    }
  }

  @Test
  void theRouteSelectionExpressionAndTheStageChange() throws Exception {
    try (Simulator running = of(sockets(
        each -> each.stage("one"), (cloud, ws) -> ws.onRoute("a", (c, body) -> ws.sendMessage(c.id(), "a")))).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(changes(running, sockets(
          each -> each.stage("two").routeSelectionExpression("$request.body.kind"),
          (cloud, ws) -> ws.onRoute("a", (c, body) -> ws.sendMessage(c.id(), ws.url()))))).containsExactly(
              "webSocket 'ws': its stage is now two, was one",
              "webSocket 'ws': its route selection expression is now $request.body.kind, was $request.body.action");
      String url = running.endpoints().getFirst().url();
      assertThat(url).endsWith("/two");
      assertThat(answer(client, "{\"kind\":\"a\"}")).isEqualTo(url);
      assertThat(answer(new Client(url), "{\"kind\":\"a\"}")).isEqualTo(url);
    }
  }

  @Test
  void indexesAreFilledAndTakenAway() throws Exception {
    try (Simulator running = of(rows(each -> each, "")).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(answer(client, "put 1")).isEqualTo("rows 1");
      assertThat(changes(running, rows(each -> each.attribute("room", STRING).index("byRoom", "room"), "byRoom")))
          .containsExactly("table 'rows': index 'byRoom' was added");
      assertThat(answer(client, "how many")).isEqualTo("rows 1");
      assertThat(answer(client, "put 2")).isEqualTo("rows 2");
      assertThat(changes(running, rows(each -> each, "")))
          .containsExactly("table 'rows': index 'byRoom' was removed");
      assertThat(answer(client, "put 3")).isEqualTo("rows 3");
    }
  }

  @Test
  void aHandlerThatRunsReadsTheIndexThatIsGone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    try (Simulator running = of(socket((cloud, ws) -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).attribute("room", STRING).index("byRoom", "room").create();
      ws.onMessage((c, body) -> {
        begun.countDown();
        assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
        ws.sendMessage(c.id(), "old " + rows.query(Query.hashKey("hall").index("byRoom")).count());
      });
    })).start()) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("wait");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      changes(running, rows(each -> each, ""));
      changes(running, rows(each -> each, ""));
      assertThat(answer(client, "put 1")).isEqualTo("rows 1");
      goesOn.countDown();
      assertThat(client.next()).isEqualTo("old 1");
      changes(running, rows(each -> each, ""));
      assertThat(answer(client, "put 2")).isEqualTo("rows 2");
    }
  }

  @Test
  void theTimeToLiveComesAndGoes() throws Exception {
    try (Simulator running = of(rows(each -> each, "")).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(answer(client, "put 1")).isEqualTo("rows 1");
      now.set(Instant.ofEpochSecond(1_010));
      running.sweep();
      assertThat(answer(client, "how many")).isEqualTo("rows 1");
      assertThat(changes(running, rows(each -> each.timeToLive("until"), "")))
          .containsExactly("table 'rows': its time to live is now until, was none");
      running.sweep();
      assertThat(answer(client, "how many")).isEqualTo("rows 0");
    }
  }

  @Test
  void aTableThatIsGoneKeepsItsRowsAlsoOnDisk() throws Exception {
    App without = socket((cloud, ws) -> ws.onMessage((c, body) -> ws.sendMessage(c.id(), "none")));
    try (Simulator running = of(rows(each -> each, "")).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(answer(client, "put 1")).isEqualTo("rows 1");
      assertThat(changes(running, without)).containsExactly("table 'rows' was removed: its rows are kept");
      assertThat(running.model().tables()).isEmpty();
      assertThat(answer(client, "how many")).isEqualTo("none");
      assertThat(changes(running, rows(each -> each, ""))).containsExactly("table 'rows' was added");
      assertThat(answer(client, "put 2")).isEqualTo("rows 2");
      changes(running, without);
    }
    try (Simulator running = of(without).start()) {
      Client client = new Client(running.endpoints().getFirst());
      changes(running, rows(each -> each, ""));
      assertThat(answer(client, "put 3")).isEqualTo("rows 3");
    }
    try (Simulator running = of(rows(each -> each, "")).start()) {
      assertThat(answer(new Client(running.endpoints().getFirst()), "how many")).isEqualTo("rows 3");
    }
  }

  @Test
  void anEmptyTableMayGetAnotherKey() throws Exception {
    try (Simulator running = of(socket((cloud, ws) -> cloud.table("rows").hashKey("other", NUMBER).create())).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(changes(running, rows(each -> each, "")))
          .contains("table 'rows': its hash key is now id (STRING), was other (NUMBER)");
      assertThat(answer(client, "put 1")).isEqualTo("rows 1");
    }
    try (Simulator running = of(rows(each -> each, "")).start()) {
      assertThat(answer(new Client(running.endpoints().getFirst()), "how many")).isEqualTo("rows 1");
    }
  }

  @Test
  void webSocketsComeAndGo() throws Exception {
    LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
    try (Simulator running = of(socket((cloud, ws) -> ws.onDisconnect(c -> ended.add("ws " + c.code())))).start()) {
      Client client = new Client(running.endpoints().getFirst());
      App both = cloud -> {
        WebSocket second = cloud.webSocket("second").create();
        WebSocket first = cloud.webSocket("ws").create();
        first.onMessage((c, body) -> first.sendMessage(c.id(), "first " + second.url()));
        first.onDisconnect(c -> ended.add("first " + c.code()));
        second.onMessage((c, body) -> second.sendMessage(c.id(), "second"));
      };
      List<String> changes = changes(running, both);
      String url = running.endpoints().getFirst().url();
      assertThat(running.endpoints()).hasSize(2).extracting("id").containsExactly("second", "ws");
      assertThat(changes).contains("webSocket 'second' was added: " + url);
      assertThat(answer(client, "where")).isEqualTo("first " + url);
      Client other = new Client(url);
      assertThat(answer(other, "hello")).isEqualTo("second");
      assertThat(changes(running, cloud -> cloud.webSocket("second").create().onRequest("x", (c, body) -> body)))
          .contains("webSocket 'ws' was removed: its connections were closed with 1001");
      assertThat(client.closed()).isEqualTo(1001);
      assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo("first 1001");
      assertThat(answer(other, "nothing")).contains("Forbidden");
    }
  }

  @Test
  void configsAreReadAnew() throws Exception {
    Files.writeString(data.resolve(".env"), "GREETING=hello\n");
    App greets = socket((cloud, ws) -> {
      Config greeting = cloud.config("greeting");
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), greeting.value()));
    });
    try (Simulator running = of(socket((cloud, ws) -> {})).start()) {
      Client client = new Client(running.endpoints().getFirst());
      assertThat(changes(running, greets)).contains("config 'greeting' was added");
      assertThat(answer(client, "?")).isEqualTo("hello");
      Files.writeString(data.resolve(".env"), "GREETING=good morning\n");
      assertThat(changes(running, greets)).containsExactly("config 'greeting' has another value");
      assertThat(answer(client, "?")).isEqualTo("good morning");
    }
  }

  @Test
  void aNewWebSocketGetsTheNextFreePort() throws Exception {
    App both = cloud -> {
      cloud.webSocket("ws").create();
      cloud.webSocket("second").create();
    };
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Simulator running = of(socket((cloud, ws) -> {})).port(taken.getLocalPort()).port("ws", 0).start()) {
      changes(running, both);
      assertThat(URI.create(running.endpoints().get(1).page()).getPort()).isGreaterThan(taken.getLocalPort());
    }
  }
}
