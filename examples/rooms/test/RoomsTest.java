import dev.pinion.sim.Simulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RoomsTest {
  @Test
  void aRoomHearsWhatIsSaidInIt(@TempDir Path data) throws Exception {
    try (Simulator rooms = Simulator.of(new Rooms()).port(0).data(data).start()) {
      String url = rooms.endpoints().getFirst().url();
      Client ada = joined(url, "tea", "Ada");
      Client bob = joined(url, "tea", "Bob");
      Client eve = joined(url, "coffee", "Eve");
      ada.send("{\"action\":\"say\",\"room\":\"tea\",\"text\":\"hi\"}");
      String said = "{\"room\":\"tea\",\"name\":\"Ada\",\"text\":\"hi\"}";
      assertThat(ada.next()).isEqualTo(said);
      assertThat(bob.next()).isEqualTo(said);
      eve.send("{\"action\":\"who\",\"room\":\"tea\"}");
      assertThat(eve.next()).isEqualTo("[\"Ada\",\"Bob\"]");
    }
  }

  @Test
  void whatDoesNotFitIsABadRequest(@TempDir Path data) throws Exception {
    try (Simulator rooms = Simulator.of(new Rooms()).port(0).data(data).start()) {
      Client client = new Client(rooms.endpoints().getFirst().url());
      client.send("{\"action\":\"join\",\"room\":\"tea\"}");
      assertThat(client.next()).startsWith("{\"message\":\"Bad request body: name: missing\",\"connectionId\":\"");
      client.send("{\"action\":\"dance\"}");
      assertThat(client.next()).startsWith("{\"message\": \"Forbidden\", \"connectionId\":\"");
    }
  }

  private static Client joined(String url, String room, String name) throws InterruptedException {
    Client client = new Client(url);
    client.send("{\"action\":\"join\",\"room\":\"" + room + "\",\"name\":\"" + name + "\"}");
    client.send("{\"action\":\"who\",\"room\":\"" + room + "\"}");
    while (!client.next().contains(name)) {
      client.send("{\"action\":\"who\",\"room\":\"" + room + "\"}");
    }
    return client;
  }
}
