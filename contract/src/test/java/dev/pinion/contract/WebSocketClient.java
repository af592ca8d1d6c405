package dev.pinion.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client whose messages and end a test can wait for. */
final class WebSocketClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder parts = new StringBuilder();
  private final WebSocket socket;

  WebSocketClient(String url) {
    this(url, List.of());
  }

  WebSocketClient(String url, List<String> subprotocols, String... headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (!subprotocols.isEmpty()) {
      builder.subprotocols(
          subprotocols.getFirst(), subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
    }
    for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    socket = builder.buildAsync(URI.create(url), this).join();
  }

  void send(String text) {
    var _ = socket.sendText(text, true).join();
  }

  /** Closes the connection with 1000. */
  void end() {
    var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    return message == null ? "nothing came" : message;
  }

  int closed() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    parts.append(text);
    if (last) {
      messages.add(parts.toString());
      parts.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
