import dev.pinion.sim.Simulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EchoTest {
  @Test
  void aMessageComesBack(@TempDir Path data) throws Exception {
    try (Simulator echo = Simulator.of(new Echo()).port(0).data(data).start()) {
      Client client = new Client(echo.endpoints().getFirst().url());
      client.send("hello");
      assertThat(client.next()).isEqualTo("hello");
    }
  }
}
