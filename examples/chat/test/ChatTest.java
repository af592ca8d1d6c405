import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.sim.Simulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

class ChatTest {
  @Test
  void everybodyGetsAMessage(@TempDir Path data) throws Exception {
    try (Simulator chat = Simulator.of(new Chat()).port(0).data(data).start()) {
      String url = chat.endpoints().getFirst().url();
      Client one = new Client(url);
      Client two = new Client(url);
      one.send("hello");
      assertThat(one.next()).isEqualTo("hello");
      assertThat(two.next()).isEqualTo("hello");
    }
  }

  @Test
  void rowsThatACrashLeftDoNoHarm(@TempDir Path data) throws Exception {
    try (Simulator before = Simulator.of(new Crashing()).port(0).data(data).start()) {
      Client one = new Client(before.endpoints().getFirst().url());
      one.send("how many?");
      assertThat(one.next()).isEqualTo("1");
    }
    try (Simulator before = Simulator.of(new Crashing()).port(0).data(data).start()) {
      Client two = new Client(before.endpoints().getFirst().url());
      two.send("how many?");
      assertThat(two.next()).as("the row of the first run is still there").isEqualTo("2");
    }
    try (Simulator after = Simulator.of(new Chat()).port(0).data(data).start()) {
      Client client = new Client(after.endpoints().getFirst().url());
      client.send("again");
      assertThat(client.next()).isEqualTo("again");
    }
  }

  /** The chat without its disconnect handler: the rows of closed connections stay in the table, as after a crash. */
  static final class Crashing implements App {
    @Override
    public void define(Cloud cloud) {
      Table connections = cloud.table("WebSocketTable").hashKey("connectionId", STRING).create();
      WebSocket ws = cloud.webSocket("my-websocket").create();

      ws.onConnect(c -> connections.putItem(Item.of("connectionId", c.id())));
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), String.valueOf(connections.scan().count())));
    }
  }
}
