package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.sim.Reloaded;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page of a running app asks for and does. */
@SuppressWarnings("unchecked") // of JSON objects, whose members are looked up by name
final class ConsoleTest extends ConsoleClient {
  private static final String SECRET = "open \"sesame\"";

  /** An app with everything that its page shows. */
  static final class Shop implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).timeToLive("until").create();
      Secret key = cloud.secret("key");
      var ws = cloud.webSocket("shop").create();
      ws.onConnect(c -> rows.putItem(Item.of("id", c.id(), "key", key.value())));
      ws.onRequest("echo", Map.class, (c, body) -> body.get("text"));
      ws.onRoute("fail", Map.class, (c, body) -> {
        throw new IllegalStateException("with " + key.value());
      });
      ws.onMessage((c, text) -> {
        System.out.println("got " + text + " and " + key.value());
        ws.sendMessage(c.id(), rows.getItem(Key.of("id", c.id())).isPresent() + " " + text.length());
      });
    }
  }

  /** The same shop later: a table, a route and a secret more. */
  static final class LaterShop implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).timeToLive("until").create();
      Table orders = cloud.table("orders").hashKey("id", STRING).create();
      Secret key = cloud.secret("key");
      var ws = cloud.webSocket("shop").create();
      ws.onRequest("order", Map.class, (c, body) -> {
        orders.putItem(Item.of("id", "1", "key", key.value()));
        return "ordered";
      });
      ws.onMessage((c, text) -> ws.sendMessage(c.id(), "later " + text + rows.scan().count()));
    }
  }

  @BeforeEach
  void start(@TempDir Path data) {
    start(new Shop(), data, Map.of("key", SECRET));
  }

  @Test
  void aRequestHasItsTraceItsLogAndItsAnswer() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("hello", true).join();
    assertThat(next()).isEqualTo("true 5");
    Map<String, Object> event = events(2).get(1);
    assertThat(event).containsEntry("kind", "message").containsEntry("route", "$default")
        .containsEntry("handler", "shop/$default").containsEntry("connectionId", connectionId());
    assertThat((String) event.get("location")).matches("ConsoleTest\\.java:\\d+");
    assertThat((String) event.get("log")).isEqualTo("got hello and ‹secret key›" + System.lineSeparator());
    List<Map<String, Object>> steps = (List<Map<String, Object>>) event.get("steps");
    assertThat(steps).extracting(each -> each.get("operation")).containsExactly("getItem", "sendMessage");
    assertThat(steps).extracting(each -> each.get("resource")).containsExactly("rows", "shop");
  }

  @Test
  void aFailureHasTheAppsLineAndNoValueOfASecretIsShown() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("{\"action\":\"fail\",\"x\":" + json.write(SECRET) + "}", true).join();
    assertThat(next()).contains("Internal server error");
    List<Map<String, Object>> events = events(2);
    assertThat(json.write(events)).doesNotContain("sesame").contains("‹secret key›");
    Map<String, Object> failed = events.get(1);
    assertThat((String) ((Map<String, Object>) failed.get("failure")).get("text"))
        .startsWith("java.lang.IllegalStateException: with ‹secret key›").contains("(ConsoleTest.java:");
    assertThat((String) failed.get("line")).matches("ConsoleTest\\.java:\\d+");
    assertThat(json.write(get("rows.json?id=" + connectionId()))).contains("‹secret key›").doesNotContain("sesame");
  }

  @Test
  void aLongMessageIsCutAndItsHandlerIsCalledAgainWithAllOfIt() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("x".repeat(20_000), true).join();
    assertThat(next()).isEqualTo("true 20000");
    Map<String, Object> event = events(2).get(1);
    Map<String, Object> body = (Map<String, Object>) event.get("body");
    assertThat((String) body.get("text")).hasSize(16_384);
    assertThat(((Number) body.get("of")).intValue()).isEqualTo(20_000);
    assertThat(own("again", Map.of("number", event.get("n"))).body()).contains("\"done\":true");
    assertThat(next()).isEqualTo("true 20000");
  }

  @Test
  void aHandlerIsCalledAgainWithAnEditedMessageOnTheRouteOfThat() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("one", true).join();
    assertThat(next()).isEqualTo("true 3");
    Object number = events(2).get(1).get("n");
    var answer = own("again", Map.of("number", number, "text", "{\"action\":\"echo\",\"text\":\"edited\"}"));
    assertThat(answer.body()).contains("The handler answered 200.");
    assertThat(next()).isEqualTo("edited");
    assertThat(events(3).get(2)).containsEntry("again", true).containsEntry("route", "echo");
    assertThat(own("again", Map.of("number", 99)).statusCode()).isEqualTo(400);
  }

  @Test
  void connectionsAreShownSentToAndClosed() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("four", true).join();
    assertThat(next()).isEqualTo("true 4");
    events(2);
    Map<String, Object> one = ((List<Map<String, Object>>) get("connections.json").get("connections")).getFirst();
    assertThat(one).containsEntry("webSocket", "shop").containsEntry("address", "127.0.0.1");
    assertThat(((Number) one.get("messagesReceived")).intValue()).isEqualTo(1);
    assertThat(((Number) one.get("bytesReceived")).intValue()).isEqualTo("four".length() + 6);
    assertThat(((Number) one.get("framesSent")).intValue()).isEqualTo(1);
    assertThat(((Number) one.get("bytesSent")).intValue()).isEqualTo("true 4".length() + 2);
    Map<String, Object> which = Map.of("webSocket", "shop", "connectionId", one.get("id"), "text", "by hand");
    assertThat(own("send", which).body()).contains("\"done\":true");
    assertThat(next()).isEqualTo("by hand");
    assertThat((List<Map<String, Object>>) get("connection.json?id=" + one.get("id")).get("frames"))
        .extracting(each -> each.get("way") + " " + ((Map<String, Object>) each.get("text")).get("text"))
        .containsExactly("received four", "sent true 4", "sent by hand");
    assertThat((List<?>) get("rows.json?id=" + one.get("id")).get("rows")).hasSize(1);
    assertThat(own("close", which).body()).contains("\"done\":true");
    assertThat(next()).isEqualTo("closed 1000");
    assertThat(own("send", which).body()).contains("\"done\":false", "gone");
  }

  @Test
  void onlyPagesOfThisServerAct() throws Exception {
    get("events.json");
    var _ = connect();
    Map<String, Object> which = Map.of("webSocket", "shop", "connectionId", connectionId(), "text", "x");
    for (String action : List.of("send", "close", "again", "fault", "clock")) {
      assertThat(post(action, which).statusCode()).as(action + " without an origin").isEqualTo(403);
      for (String origin : List.of("http://localhost:1", "https://example.com", "null")) {
        assertThat(post(action, which, "Origin", origin).statusCode()).as(action + " of " + origin).isEqualTo(403);
      }
    }
    HttpRequest foreign =
        HttpRequest.newBuilder(URI.create(page() + "page/events.json")).header("Origin", "https://example.com").build();
    assertThat(http.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    HttpRequest script = HttpRequest.newBuilder(URI.create(page() + "page/events.json"))
        .header("Sec-Fetch-Site", "cross-site").build();
    assertThat(http.send(script, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    assertThat(((Number) get("connections.json").get("open")).intValue()).isEqualTo(1);
  }

  @Test
  void theAppHasItsRolesWithTheLinesThatNeedThem() throws Exception {
    Map<String, Object> model = get("model.json");
    assertThat(model).containsEntry("inspected", true);
    assertThat(json.write(model)).doesNotContain("sesame");
    var route = ((List<Map<String, Object>>) ((List<Map<String, Object>>) model.get("webSockets")).getFirst()
        .get("routes")).getFirst();
    List<Map<String, Object>> role = (List<Map<String, Object>>) route.get("role");
    assertThat(role).extracting(each -> each.get("resource") + " " + each.get("action"))
        .contains("rows dynamodb:PutItem", "key reading");
    assertThat(((List<String>) role.getFirst().get("lines")).getFirst()).matches("ConsoleTest\\.java:\\d+");
  }

  @Test
  void afterAReloadTheConsoleShowsAndCallsTheNewProgram() throws Exception {
    get("events.json");
    var client = connect();
    var _ = client.sendText("one", true).join();
    assertThat(next()).isEqualTo("true 3");
    Object number = events(2).get(1).get("n");
    assertThat(simulator().reload(new LaterShop())).isInstanceOf(Reloaded.Applied.class);
    Map<String, Object> model = get("model.json");
    assertThat((List<Map<String, Object>>) model.get("tables")).extracting(each -> each.get("id"))
        .containsExactly("rows", "orders");
    assertThat(model).containsEntry("inspected", true);
    var routes =
        (List<Map<String, Object>>) ((List<Map<String, Object>>) model.get("webSockets")).getFirst().get("routes");
    assertThat(json.write(routes)).contains("orders", "dynamodb:PutItem").doesNotContain("echo");
    assertThat(own("again", Map.of("number", number)).body()).contains("\"done\":true");
    assertThat(next()).isEqualTo("later one1");
    var _ = client.sendText("{\"action\":\"order\"}", true).join();
    assertThat(next()).isEqualTo("ordered");
    assertThat(events(4).get(3)).containsEntry("route", "order");
    assertThat(json.write(events(4).get(3))).doesNotContain("sesame").contains("orders");
    assertThat(((Number) get("connections.json").get("open")).intValue()).isEqualTo(1);
    assertThat(own("send", Map.of("webSocket", "shop", "connectionId", connectionId(), "text", "by hand")).body())
        .contains("\"done\":true");
    assertThat(next()).isEqualTo("by hand");
  }

  @Test
  void faultsAreSwitchedOnAndOff() throws Exception {
    get("events.json");
    var client = connect();
    assertThat(own("fault", Map.of("kind", "post:429", "rate", 1)).body()).contains("\"done\":true");
    var _ = client.sendText("a", true).join();
    assertThat(next()).contains("Internal server error");
    assertThat(((Number) get("settings.json").get("happened")).intValue()).isEqualTo(1);
    assertThat(own("fault", Map.of("kind", "post:429", "rate", 0)).body()).contains("\"done\":true");
    var _ = client.sendText("b", true).join();
    assertThat(next()).isEqualTo("true 1");
    assertThat(own("fault", Map.of("kind", "post:429", "rate", 2)).statusCode()).isEqualTo(400);
    assertThat(own("fault", Map.of("kind", "luck", "rate", 1)).statusCode()).isEqualTo(400);
  }

  @Test
  void theClockMovesForwardAndWhatIsOverEnds() throws Exception {
    get("events.json");
    var _ = connect();
    assertThat(own("clock", Map.of("seconds", -1)).statusCode()).isEqualTo(400);
    assertThat(own("clock", Map.of("seconds", 60)).body()).contains("\"done\":true");
    assertThat(((Number) get("settings.json").get("aheadMillis")).longValue()).isEqualTo(60_000);
    assertThat(((Number) get("connections.json").get("open")).intValue()).isEqualTo(1);
    own("clock", Map.of("seconds", 600));
    assertThat(next()).isEqualTo("closed 1001");
  }
}
