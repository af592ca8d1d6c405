package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.WebSocket;
import dev.pinion.sim.Reloaded;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Limits, network and frames of the gateway, as the page changes and shows them, also over a reload. */
@SuppressWarnings("unchecked") // of JSON objects, whose members are looked up by name
final class ConsoleMomentTest extends ConsoleClient {

  /** An app that sends back what it gets. */
  static final class Echo implements App {
    @Override
    public void define(Cloud cloud) {
      WebSocket ws = cloud.webSocket("echo").create();
      ws.onRoute("say", Map.class, (c, body) -> ws.sendMessage(c.id(), "said " + body.get("text")));
    }
  }

  /** The same, later, with another WebSocket. */
  static final class LaterEcho implements App {
    @Override
    public void define(Cloud cloud) {
      for (String id : List.of("echo", "other")) {
        WebSocket ws = cloud.webSocket(id).create();
        ws.onRoute("say", Map.class, (c, body) -> ws.sendMessage(c.id(), "later said " + body.get("text")));
      }
    }
  }

  @BeforeEach
  void start(@TempDir Path data) {
    start(new Echo(), data, Map.of());
  }

  private static String say(String text) {
    return "{\"action\":\"say\",\"text\":\"" + text + "\"}";
  }

  private Map<String, Object> limit(String id) throws Exception {
    return ((List<Map<String, Object>>) get("settings.json").get("limits")).stream()
        .filter(each -> each.get("id").equals(id)).findFirst().orElseThrow();
  }

  private void set(String limit, long value) throws Exception {
    assertThat(own("limit", Map.of("kind", limit, "value", value)).body()).contains("\"done\":true");
  }

  private void reload() {
    assertThat(simulator().reload(new LaterEcho())).isInstanceOf(Reloaded.Applied.class);
  }

  @Test
  void limitsAreChangedForOpenConnectionsAndNewWebSocketsUntilTheyAreReset() throws Exception {
    var client = connect();
    set("POST_BYTES", 8);
    assertThat(json.write(limit("POST_BYTES"))).contains("\"value\":8", "\"usual\":131072");
    var _ = client.sendText(say("more than eight"), true).join();
    assertThat(next()).contains("Internal server error");
    reload();
    var other = connect(1);
    var _ = other.sendText(say("x"), true).join();
    assertThat(next()).contains("Internal server error");
    assertThat(own("limit", Map.of("kind", "POST_BYTES", "value", 0)).statusCode()).isEqualTo(400);
    assertThat(own("limit", Map.of("kind", "LUCK", "value", 1)).statusCode()).isEqualTo(400);
    assertThat(own("reset", Map.of()).body()).contains("\"done\":true");
    assertThat(json.write(limit("POST_BYTES"))).contains("\"value\":131072");
    var _ = client.sendText(say("more than eight"), true).join();
    assertThat(next()).isEqualTo("later said more than eight");
  }

  @Test
  void theNetworkIsSlowForAllOrForOneAndStaysSoOverAReload() throws Exception {
    var client = connect();
    assertThat(own("network", Map.of("delayMillis", 100)).body()).contains("\"done\":true");
    reload();
    long start = System.nanoTime();
    var _ = client.sendText(say("a"), true).join();
    assertThat(next()).isEqualTo("later said a");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(json.write(get("settings.json").get("network"))).contains("\"delayMillis\":100");
    String id = connectionId();
    assertThat(own("network", Map.of("connectionId", id, "bytesPerSecond", 5000)).body()).contains("\"done\":true");
    assertThat(json.write(get("connection.json?id=" + id).get("network")))
        .isEqualTo("{\"delayMillis\":0,\"bytesPerSecond\":5000}");
    assertThat(own("network", Map.of("connectionId", "none")).body()).contains("gone");
    assertThat(own("network", Map.of("delayMillis", -1)).statusCode()).isEqualTo(400);
    assertThat(own("network", Map.of("delayMillis", 60_001)).statusCode()).isEqualTo(400);
  }

  @Test
  void framesOfTheGatewayAreAmongTheLastFrames() throws Exception {
    get("events.json");
    var client = connect();
    String id = connectionId();
    var _ = client.sendText("nowhere", true).join();
    assertThat(next()).contains("Forbidden");
    client.sendPing(ByteBuffer.wrap("here?".getBytes(java.nio.charset.StandardCharsets.UTF_8))).join();
    var _ = client.sendText(say("a"), true).join();
    assertThat(next()).isEqualTo("said a");
    // A handler notes what it has sent a moment after the client has it.
    while (!json.write(get("connection.json?id=" + id)).contains("said a")) Thread.onSpinWait();
    own("close", Map.of("webSocket", "echo", "connectionId", id));
    assertThat(next()).isEqualTo("closed 1000");
    assertThat((List<Map<String, Object>>) get("connection.json?id=" + id).get("frames"))
        .extracting(each -> each.get("way") + " " + each.get("kind"))
        .startsWith("sent error", "received ping", "sent pong", "received message", "sent message", "sent close");
    assertThat(json.write(get("connection.json?id=" + id)))
        .contains("1000 Connection Closed Normally, by @connections");
  }

  @Test
  void aClientThatHasStoppedReadingDoesNotReadAgainAfterAReload() throws Exception {
    get("events.json");
    var client = connect();
    own("fault", Map.of("kind", "stall", "rate", 1));
    var _ = client.sendText(say("a"), true).join();
    events(1);
    reload();
    own("fault", Map.of("kind", "stall", "rate", 0));
    var _ = client.sendText(say("b"), true).join();
    events(2);
    own("send", Map.of("webSocket", "echo", "connectionId", connectionId(), "text", "by hand"));
    assertThat(next()).isEqualTo("by hand");
  }
}
