package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Task;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.jwt.Jwt;
import dev.pinion.sim.PermissionMode;
import dev.pinion.sim.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A token expires after the app was started anew: its connection is gone, and the task that closes it is not. */
@Timeout(60)
final class RestartTest implements App {
  private final MockOAuth2Server provider = new MockOAuth2Server();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  /** Each connection that was to be closed, and whether it was there. */
  private final BlockingQueue<String> expirations = new LinkedBlockingQueue<>();
  private volatile Instant now = Instant.now();

  @TempDir private Path data = Path.of("");

  RestartTest() {
    provider.start();
  }

  @AfterEach
  void close() {
    http.close();
    provider.shutdown();
  }

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("members").create();
    Task<String> expired = cloud.task("expired", String.class).create();
    expired.onStart(id -> expirations.add(id + " " + ws.disconnect(id)));
    ws.onAuthorize(
        Jwt.issuer(provider.issuerUrl("members").toString()).audience("chat").token(TokenFrom.query("token"))
            .closeOnExpiry(expired));
    ws.onMessage((c, body) -> ws.sendMessage(c.id(), c.id()));
  }

  /** What a client gets, and the status with which it is closed. */
  private final class Member implements java.net.http.WebSocket.Listener {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final java.net.http.WebSocket socket;

    Member(Simulator app, Duration validity) {
      String token = provider.issueToken("members", "ada", "chat", Map.of(), validity.toSeconds()).serialize();
      URI url = URI.create(app.endpoints().getFirst().url() + "?token=" + token);
      socket = http.newWebSocketBuilder().buildAsync(url, this).join();
    }

    @Override
    public CompletionStage<?> onText(java.net.http.WebSocket from, CharSequence text, boolean last) {
      seen.add(text.toString());
      return java.net.http.WebSocket.Listener.super.onText(from, text, last);
    }

    @Override
    public CompletionStage<?> onClose(java.net.http.WebSocket from, int status, String reason) {
      seen.add("closed " + status);
      return java.net.http.WebSocket.Listener.super.onClose(from, status, reason);
    }

    String id() throws InterruptedException {
      socket.sendText("who am I?", true).join();
      return next(seen);
    }
  }

  private static String next(BlockingQueue<String> queue) throws InterruptedException {
    return String.valueOf(queue.poll(20, TimeUnit.SECONDS));
  }

  private Simulator start() {
    InstantSource clock = () -> now;
    return Simulator.of(this).port(0).data(data).values(Map.of()).clock(clock).ticksByHand()
        .permissions(PermissionMode.OFF)
        .log(new PrintStream(log, true, UTF_8)).start();
  }

  @Test
  void theTaskOfAConnectionThatIsGoneDoesNoHarm() throws Exception {
    Member ada;
    String gone;
    try (Simulator app = start()) {
      ada = new Member(app, Duration.ofMinutes(5));
      gone = ada.id();
    }
    assertThat(next(ada.seen)).isEqualTo("closed 1001");
    now = now.plus(Duration.ofMinutes(6));
    try (Simulator app = start()) {
      Member bob = new Member(app, Duration.ofHours(1));
      String present = bob.id();
      app.tick();
      assertThat(next(expirations)).isEqualTo(gone + " false");
      assertThat(bob.id()).isEqualTo(present);
      now = now.plus(Duration.ofHours(1));
      app.tick();
      assertThat(next(expirations)).isEqualTo(present + " true");
      assertThat(next(bob.seen)).isEqualTo("closed 1000");
      assertThat(app.deadLetters(app.model().tasks().getFirst())).isEmpty();
    }
    assertThat(expirations).isEmpty();
    assertThat(log.toString(UTF_8)).doesNotContain("failed", "warning", "refused");
  }
}
