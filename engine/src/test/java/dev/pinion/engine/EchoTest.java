package dev.pinion.engine;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the engine is for, in its shortest form. */
@Timeout(20)
final class EchoTest {

  /** Sends each text message back. */
  private record Echo(ClientSocket socket) implements FrameSink {
    @Override
    public void text(String message) {
      socket.send(Frames.text(message.getBytes(UTF_8)), Writer.SENDER);
    }

    @Override
    public void close(CloseStatus status) {
      socket.sendLast(Frames.close(status));
    }
  }

  private static void upgrade(HttpExchange exchange) throws RefusedException {
    WebSocketUpgrade.check(exchange.request());
    ClientSocket socket = exchange.socket();
    exchange.upgrade(
        WebSocketUpgrade.answer(exchange.request(), Optional.empty()),
        new WebSocketSession(socket, FrameLimits.DEFAULT, new Echo(socket)));
  }

  @Test
  void anEchoServer() throws Exception {
    EventLoops loops = EventLoops.start(1, PeerProbe.NONE, _ -> LoopHook.NONE);
    CompletableFuture<String> heard = new CompletableFuture<>();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    try (Server server = Server.serve(loops, Server.listen("127.0.0.1", 0), ServerLimits.DEFAULT,
        InstantSource.system(), EchoTest::upgrade);
        HttpClient client = HttpClient.newHttpClient()) {
      String at = "://127.0.0.1:" + server.port() + "/";
      WebSocket webSocket =
          client.newWebSocketBuilder().buildAsync(URI.create("ws" + at), listener(heard, closed)).get();
      webSocket.sendText("größer 🙂", true).get();
      assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("größer 🙂");
      webSocket.sendClose(4000, "bye").get();
      assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(4000);
      HttpRequest plain = HttpRequest.newBuilder(URI.create("http" + at)).build();
      assertThat(client.send(plain, BodyHandlers.ofString()).statusCode()).isEqualTo(426);
    } finally {
      loops.stop();
    }
  }

  private static WebSocket.Listener listener(CompletableFuture<String> heard, CompletableFuture<Integer> closed) {
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        heard.complete(data.toString());
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
      }
    };
  }
}
