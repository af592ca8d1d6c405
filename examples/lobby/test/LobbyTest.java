import dev.pinion.sim.Simulator;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LobbyTest {
  @Test
  void whoKnowsThePasswordIsGreeted(@TempDir Path data) throws Exception {
    Map<String, String> values = Map.of("GREETING", "Welcome", "PASSWORD", "open sesame");
    try (Simulator lobby = Simulator.of(new Lobby()).port(0).data(data).environment(values).start()) {
      String url = lobby.endpoints().getFirst().url();
      assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> new Client(url + "?password=guess"))
          .withCauseInstanceOf(WebSocketHandshakeException.class);
      Client client = new Client(url + "?password=open%20sesame");
      client.send("Ada");
      assertThat(client.next()).isEqualTo("Welcome, Ada");
    }
  }
}
