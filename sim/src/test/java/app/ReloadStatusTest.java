package app;

import dev.pinion.App;
import dev.pinion.WebSocket;
import dev.pinion.sim.Simulator;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page and {@link Simulator#status} say of the program that runs. */
@Timeout(60)
class ReloadStatusTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_000));
  private final HttpClient http = HttpClient.newHttpClient();

  /** What a message of {@code say} is made of. */
  record Say(String text) {}

  private Simulator start(App app) {
    return Simulator.of(app).port(0).inMemory().clock(now::get)
        .log(new PrintStream(OutputStream.nullOutputStream())).start();
  }

  private static App app(String... routes) {
    return cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      for (String each : routes) ws.onRoute(each, Say.class, (c, say) -> {});
    };
  }

  private String page(Simulator running, String file) throws Exception {
    URI address = URI.create(running.endpoints().getFirst().page() + "page/" + file);
    return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void thePageShowsTheRoutesAndSamplesOfTheNewProgram() throws Exception {
    try (Simulator running = start(app("one"))) {
      assertThat(page(running, "api.json")).contains("\"key\":\"one\"").doesNotContain("two");
      running.reload(app("one", "two"));
      assertThat(page(running, "api.json")).contains("\"key\":\"two\"").contains("\"sample\":{\"text\":\"text\"}");
    }
  }

  @Test
  void aProblemStandsUntilItIsMended() throws Exception {
    try (Simulator running = start(app("one"))) {
      assertThat(page(running, "status.json"))
          .isEqualTo("{\"program\":1,\"since\":\"1970-01-01T00:16:40Z\",\"changes\":[],\"retired\":[]}");
      running.problem(Optional.of("Chat.java:3: error: ';' expected"));
      assertThat(page(running, "status.json")).contains("\"problem\":\"Chat.java:3: error: ';' expected\"");
      running.reload(cloud -> cloud.webSocket("ws"));
      assertThat(running.status().problem()).get().asString().contains("was declared without .create(): add it");
      now.set(Instant.ofEpochSecond(2_000));
      running.reload(app("one", "two"));
      assertThat(running.status().problem()).isEmpty();
      assertThat(running.status().since()).isEqualTo(now.get());
      assertThat(running.status().changes()).isEqualTo(List.of("webSocket 'ws': route 'two' was added"));
      assertThat(page(running, "status.json")).contains("\"program\":2").doesNotContain("problem");
      running.problem(Optional.of("broken again"));
      running.problem(Optional.empty());
      assertThat(running.status().problem()).isEmpty();
    }
  }
}
