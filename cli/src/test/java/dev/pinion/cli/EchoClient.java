package dev.pinion.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A client of a running app that stays connected.
final class EchoClient implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final URI page;
  private final WebSocket socket;

  EchoClient(String url) {
    URI uri = URI.create(url);
    page = URI.create("http://" + uri.getAuthority() + "/page/status.json");
    socket = http.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {
      private final StringBuilder text = new StringBuilder();

      @Override
      public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
          received.add(text.toString());
          text.setLength(0);
        }
        from.request(1);
        return null;
      }

      @Override
      public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        received.add("closed " + status);
        return null;
      }
    }).join();
  }

  /// Sends a text and returns the next message that arrives.
  String ask(String text) throws InterruptedException {
    socket.sendText(text, true).join();
    return received.take();
  }

  /// Sends a text.
  void send(String text) {
    socket.sendText(text, true).join();
  }

  /// What the page says of the program.
  String status() throws Exception {
    return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
