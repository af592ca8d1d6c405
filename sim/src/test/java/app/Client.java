package app;

import dev.pinion.sim.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket client whose messages and end a test can wait for. */
final class Client implements WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket socket;

  Client(Endpoint endpoint, String... subprotocols) {
    this(endpoint.url(), subprotocols);
  }

  Client(String url, String... subprotocols) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().header("X-Test", "one");
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0], java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
    }
    socket = builder.buildAsync(URI.create(url), this).join();
  }

  void send(String text) {
    var _ = socket.sendText(text, true).join();
  }

  void close(int status, String reason) {
    var _ = socket.sendClose(status, reason).join();
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  /** The next message. */
  String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    return message == null ? "nothing came" : message;
  }

  /** The status with which the server closed. */
  int closed() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      messages.add(part.toString());
      part.setLength(0);
    }
    return WebSocket.Listener.super.onText(from, text, last);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }
}
