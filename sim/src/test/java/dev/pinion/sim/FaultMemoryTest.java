package dev.pinion.sim;

import dev.pinion.Cloud;
import dev.pinion.gateway.GatewayListener;
import dev.pinion.spi.ConnectionContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What faults remember of connections is gone with them. */
@Timeout(60)
class FaultMemoryTest {
  private final Faults faults = new Faults(7);

  /** Counts down when nothing is left of a connection. */
  private record Finished(CountDownLatch left) implements GatewayListener {
    @Override
    public void finished(ConnectionContext connection) {
      left.countDown();
    }
  }

  /** Receives one message. */
  private static final class Receiver implements WebSocket.Listener {
    private final CompletableFuture<String> message = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      message.complete(text.toString());
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private static void echo(Cloud cloud, boolean disconnects) {
    dev.pinion.WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> {
      if (c.query("token").isPresent()) throw c.reject(401);
    });
    if (disconnects) ws.onDisconnect(c -> {});
    ws.onMessage((c, body) -> ws.sendMessage(c.id(), body));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closedConnectionsAreForgotten(boolean disconnects) throws Exception {
    CountDownLatch left = new CountDownLatch(8);
    faults.add(Fault.parse("stall:0"));
    faults.add(Fault.parse("reorder:0"));
    try (Simulator running = Simulator.of(cloud -> echo(cloud, disconnects)).port(0).inMemory().data(Path.of(""))
        .faults(faults).listener(new Finished(left)).start(); HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create(running.endpoints().getFirst().url());
      WebSocket stays = talk(http, url);
      List<WebSocket> all = new ArrayList<>();
      for (int i = 0; i < 7; i++) all.add(talk(http, url));
      assertThat(faults.connections()).isEqualTo(8);
      for (WebSocket each : all) each.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      assertThatThrownBy(
          () -> http.newWebSocketBuilder().buildAsync(URI.create(url + "?token=x"), new Receiver()).join())
          .isInstanceOf(CompletionException.class);
      assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(faults.connections()).isEqualTo(1);
      stays.abort();
    }
  }

  private static WebSocket talk(HttpClient http, URI url) throws Exception {
    Receiver receiver = new Receiver();
    WebSocket client = http.newWebSocketBuilder().buildAsync(url, receiver).join();
    client.sendText("hello", true).join();
    assertThat(receiver.message.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
    return client;
  }

  @Test
  void idleFaultsCountNoConnectionUntilTheyAreUsed() {
    Faults idle = Faults.idle(7);
    idle.connecting("early");
    assertThat(idle.connections()).isZero();
    Iterator<List<String>> open = List.of(List.of("early", "ends meanwhile"), List.of("early", "late")).iterator();
    idle.count(open::next);
    assertThat(idle.connections()).isEqualTo(1);
    assertThat(idle.of("early").number).isEqualTo(1);
    idle.connecting("late");
    idle.count(() -> List.of("other"));
    assertThat(idle.connections()).isEqualTo(2);
    idle.finished("late");
    idle.finished("early");
    assertThat(idle.connections()).isZero();
  }

  @Test
  void anEventAfterTheEndLeavesNothing() {
    faults.add(Fault.parse("post:410:0"));
    faults.connecting("a");
    faults.finished("a");
    faults.strike(Fault.Kind.POST_410, "a", Optional.empty());
    assertThat(faults.connections()).isZero();
  }
}
