import dev.pinion.sim.Simulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    Simulator before = Simulator.of(new Chat()).port(0).data(data).start();
    new Client(before.endpoints().getFirst().url()).send("hello");
    before.close();
    try (Simulator after = Simulator.of(new Chat()).port(0).data(data).start()) {
      Client client = new Client(after.endpoints().getFirst().url());
      client.send("again");
      assertThat(client.next()).isEqualTo("again");
    }
  }
}
