package app;

import dev.pinion.App;
import dev.pinion.gateway.Profile;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import dev.pinion.sim.SimulatorException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An app on the local platform, as a user's program sees it. */
class SimulatorTest {
  @TempDir private Path data = Path.of("set by JUnit");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

  private SimulatorBuilder of(App app) {
    return Simulator.of(app).port(0).data(data).log(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private WebSocket connect(Simulator running) {
    return HttpClient.newHttpClient().newWebSocketBuilder()
        .buildAsync(URI.create(running.endpoints().getFirst().url()), new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            messages.add(text.toString());
            return WebSocket.Listener.super.onText(socket, text, last);
          }
        }).join();
  }

  private String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    return message == null ? "nothing came" : message;
  }

  /** Who starts the app in another folder would read it differently. */
  @Test
  void theFolderOfTheDataIsAnnouncedInFull() {
    Path here = Path.of("");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Simulator running = Simulator.of(cloud -> cloud.webSocket("ws").create()).port(0).inMemory()
        .data(here.resolve("./none/../.pinion")).start()) {
      running.announce(new PrintStream(out, true, StandardCharsets.UTF_8));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .endsWith("\ndata in      " + here.toAbsolutePath().resolve(".pinion") + "\n");
  }

  @Test
  void aHandlerThatThrowsIsToldWithItsLineAndStopsNothing() throws Exception {
    try (Simulator running = of(cloud -> {
      var ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {
        if (body.equals("fail")) {
          throw new IllegalStateException("on purpose");
        }
        ws.sendMessage(c.id(), body);
      });
    }).start()) {
      WebSocket client = connect(running);
      var _ = client.sendText("fail", true).join();
      assertThat(next()).startsWith("{\"message\": \"Internal server error\", \"connectionId\":\"");
      var _ = client.sendText("go on", true).join();
      assertThat(next()).isEqualTo("go on");
      assertThat(log.toString(StandardCharsets.UTF_8))
          .containsPattern("SimulatorTest\\.java:\\d+: error: [0-9:.]{12} handler ws/\\$default failed for connection")
          .contains("on purpose");
    }
  }

  @Test
  void aSendFromOnConnectIsGoneAndWarnsWithItsLine() throws Exception {
    try (Simulator running = of(cloud -> {
      var ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> messages.add("sent: " + ws.sendMessage(c.id(), "too early")));
    }).start()) {
      var _ = connect(running);
      assertThat(next()).isEqualTo("sent: false");
      assertThat(log.toString(StandardCharsets.UTF_8))
          .containsPattern(
              "SimulatorTest\\.java:\\d+: warning: [0-9:.]{12} this sends to connection .* from its own onConnect");
    }
  }

  @Test
  void aClientThatIsCutOffIsToldWithWhatItDid() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onDisconnect(
        c -> messages.add("closed " + c.code()))).start()) {
      var _ = connect(running).sendBinary(ByteBuffer.allocate(1), true).join();
      assertThat(next()).isEqualTo("closed 1003");
      assertThat(log.toString(StandardCharsets.UTF_8))
          .containsPattern(
              "SimulatorTest\\.java:\\d+: warning: [0-9:.]{12} connection .* was closed with 1003: its client sent a"
                  + " binary message");
    }
  }

  @Test
  void itsProfileIsTheGateways() throws Exception {
    App app = cloud -> cloud.webSocket("ws").create().onDisconnect(c -> messages.add("closed " + c.code()));
    Profile narrow = Profile.AWS.messageBytes(1_000);
    try (Simulator running = Simulator.of(app).profile(narrow).port(0).data(data).start()) {
      var _ = connect(running).sendText("x".repeat(1_001), true).join();
      assertThat(next()).isEqualTo("closed 1009");
    }
  }

  @Test
  void aPortInUseNamesItsHolder() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> of(cloud -> cloud.webSocket("ws").create()).port(port).start())
          .isInstanceOf(SimulatorException.class)
          .hasMessageContaining("127.0.0.1:" + port + ": the port is in use")
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("--port");
    }
  }

  @Test
  void aDataFolderInUseIsNamed() {
    try (Simulator first = of(cloud -> cloud.table("t").hashKey("id", STRING).create()).start()) {
      assertThatThrownBy(() -> of(cloud -> cloud.table("t").hashKey("id", STRING).create()).start())
          .isInstanceOf(SimulatorException.class)
          .hasMessageContaining(first.data().toString());
    }
  }

  @Test
  void aChangedKeyIsRefusedUntilFresh() {
    of(cloud -> cloud.webSocket("ws").create()).start().close();
    Simulator first = of(cloud -> {
      var table = cloud.table("t").hashKey("id", STRING).create();
      var ws = cloud.webSocket("ws").create();
      ws.onConnect(c -> {
        var _ = table.putItem(dev.pinion.Item.of("id", c.id()));
      });
    }).start();
    var _ = connect(first);
    first.close();
    App changed = cloud -> cloud.table("t").hashKey("id", NUMBER).create();
    assertThatThrownBy(() -> of(changed).start()).isInstanceOf(SimulatorException.class)
        .hasMessageContaining("'t'").hasMessageContaining("--fresh");
    of(changed).fresh(true).start().close();
  }

  @Test
  void theApiOfThePageTellsTheRoutes() throws Exception {
    try (Simulator running = of(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {})).start()) {
      URI uri = URI.create(running.endpoints().getFirst().page()).resolve("/page/api.json");
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("content-security-policy").orElse("")).startsWith("default-src 'none'");
      assertThat(answer.body()).contains("\"key\":\"$default\"").contains("SimulatorTest.java:");
    }
  }
}
