package app;

import dev.pinion.App;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.sim.ProgramStatus;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Simulator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A program that cannot replace the one that runs leaves all as it was. */
@Timeout(60)
class ReloadRefusalTest {
  private final AtomicReference<Optional<Table>> oldTable = new AtomicReference<>(Optional.empty());
  private Optional<Simulator> started = Optional.empty();

  private final App app = cloud -> {
    Table rows = cloud.table("rows").hashKey("id", STRING).create();
    oldTable.set(Optional.of(rows));
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onMessage((c, body) -> {
      rows.putItem(Item.of("id", body, "size", "large"));
      ws.sendMessage(c.id(), "rows " + rows.scan().count());
    });
  };

  @BeforeEach
  void start(@TempDir Path data) {
    started = Optional.of(Simulator.of(app).port(0).data(data).environment(Map.of())
        .environmentFile(data.resolve(".env")).log(new PrintStream(OutputStream.nullOutputStream())).start());
  }

  @AfterEach
  void stop() {
    running().close();
  }

  private Simulator running() {
    return started.orElseThrow();
  }

  /** Attempts a reload between two messages, and returns why it was refused. */
  private List<String> refusal(App next) throws InterruptedException {
    long number = running().status().program();
    Client client = new Client(running().endpoints().getFirst());
    client.send("one");
    assertThat(client.next()).isEqualTo("rows 1");
    ProgramStatus before = running().status();
    Reloaded result = running().reload(next);
    assertThat(result).isInstanceOf(Reloaded.Refused.class);
    List<String> reasons = ((Reloaded.Refused) result).reasons();
    assertThat(running().endpoints()).extracting("id").containsExactly("ws");
    assertThat(running().model().tables()).singleElement().extracting("id").isEqualTo("rows");
    assertThat(running().status()).isEqualTo(
        new ProgramStatus(number, before.since(), before.changes(), Optional.of(String.join("\n", reasons)),
            List.of()));
    client.send("two");
    assertThat(client.next()).isEqualTo("rows 2");
    assertThat(running().reload(app)).isInstanceOf(Reloaded.Applied.class);
    assertThat(running().status().problem()).isEmpty();
    client.send("three");
    assertThat(client.next()).isEqualTo("rows 3");
    return reasons;
  }

  @Test
  void anotherKeyOfATableWithRows() throws Exception {
    assertThat(refusal(cloud -> {
      cloud.table("new").hashKey("id", STRING).create();
      cloud.table("rows").hashKey("number", NUMBER).create();
      cloud.webSocket("another").create();
    })).singleElement().asString().matches(
        "ReloadRefusalTest\\.java:\\d+: table 'rows' has 1 row of another key \\(hash key id \\(STRING\\)\\) than it"
            + " now declares \\(hash key number \\(NUMBER\\)\\): declare the key as it was, give the table another id,"
            + " or stop the program and start it with --fresh, which deletes all rows");
  }

  @Test
  void whatElseChangesStaysAsItWas() throws Exception {
    running().close();
    App both = cloud -> {
      Table other = cloud.table("other").hashKey("id", STRING).create();
      app.define(cloud);
      cloud.webSocket("second").create().onConnect(c -> other.putItem(Item.of("id", c.id())));
    };
    started = Optional.of(Simulator.of(both).port(0).inMemory()
        .log(new PrintStream(OutputStream.nullOutputStream())).start());
    var _ = new Client(running().endpoints().get(1));
    Reloaded refused = running().reload(cloud -> {
      cloud.table("rows").hashKey("id", STRING).attribute("size", NUMBER).index("bySize", "size").create();
      cloud.table("other").hashKey("number", NUMBER).create();
      cloud.webSocket("ws").create();
    });
    assertThat(refused).isInstanceOf(Reloaded.Refused.class);
    Client client = new Client(running().endpoints().getFirst());
    client.send("one"); // its size is no number, which the index would refuse
    assertThat(client.next()).isEqualTo("rows 1");
  }

  @Test
  void valuesThatAreMissing() throws Exception {
    assertThat(refusal(cloud -> {
      cloud.config("greeting");
      cloud.secret("key");
      cloud.webSocket("ws").create();
    })).hasSize(2).first().asString().matches(
        "ReloadRefusalTest\\.java:\\d+: config 'greeting' has no value: set the environment variable GREETING, or write"
            + " a line GREETING=\\.\\.\\. into .*");
  }

  @Test
  void mistakesOfTheDeclaration() throws Exception {
    assertThat(refusal(cloud -> {
      cloud.webSocket("ws");
      cloud.table("t").hashKey("id", STRING);
    })).hasSize(2).first().asString()
        .matches("ReloadRefusalTest\\.java:\\d+: webSocket 'ws' was declared without \\.create\\(\\): add it");
  }

  @Test
  void anAppWithoutAWebSocket() throws Exception {
    assertThat(refusal(cloud -> cloud.table("rows").hashKey("id", STRING).create())).singleElement().asString()
        .endsWith(
            "declares no WebSocket, no HTTP API and no schedule, so nothing can call its handlers: declare one, such as"
                + " cloud.webSocket(\"chat\").create()");
  }

  @Test
  void aDefineThatActs() throws Exception {
    assertThat(refusal(cloud -> cloud.table("rows").hashKey("id", STRING).create().putItem(Item.of("id", "x"))))
        .singleElement().asString().matches("ReloadRefusalTest\\.java:\\d+: rows\\.putItem acts, but define only .*");
  }

  @Test
  void aDefineThatThrows() throws Exception {
    assertThat(refusal(cloud -> {
      cloud.webSocket("another").create();
      throw new UnsupportedOperationException("on purpose");
    })).singleElement().asString().matches(
        "(?s)ReloadRefusalTest\\.java:\\d+: define failed: java\\.lang\\.UnsupportedOperationException: on purpose.*");
  }

  @Test
  void aPortThatIsInUse() throws Exception {
    running().close();
    int port = freePort();
    App both = cloud -> {
      app.define(cloud);
      cloud.webSocket("new").create();
      cloud.webSocket("another").create();
    };
    started = Optional.of(Simulator.of(both).port(0).port("another", port).inMemory()
        .log(new PrintStream(OutputStream.nullOutputStream())).start());
    running().reload(app);
    try (ServerSocket _ = taken(port)) {
      assertThat(refusal(both)).singleElement().asString()
          .contains("webSocket 'another' (ReloadRefusalTest.java:", "the port is in use");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Listens on a port once the gateway there is closed. */
  private static ServerSocket taken(int port) throws IOException {
    while (true) {
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aClosedSimulatorTakesNoProgram() {
    running().close();
    assertThatThrownBy(() -> running().reload(app)).isInstanceOf(IllegalStateException.class)
        .hasMessage("the simulator is closed");
  }
}
