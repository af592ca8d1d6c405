package dev.pinion.cli;

import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.RouteTable;
import dev.pinion.spi.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The management API of a local gateway, with real clients connected to it; events of theirs go to no function.
final class ManagementApi implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> ids = new LinkedBlockingQueue<>();
  private final List<WebSocket> sockets = new ArrayList<>();
  private final Gateway gateway = new GatewayBuilder(event -> {
    ids.add(event.connection().connectionId());
    return Response.OK;
  }).routes(RouteTable.of("$connect")).start();

  /// A connected client: its connection's id, and the texts that it gets.
  record Client(String id, BlockingQueue<String> texts) {
    /// The next text; `nothing` when none comes.
    String next() throws InterruptedException {
      String text = texts.poll(20, TimeUnit.SECONDS);
      return text == null ? "nothing" : text;
    }
  }

  /// What API's host becomes.
  String origin() {
    return gateway.origin();
  }

  Client connect() throws InterruptedException {
    BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    sockets.add(HTTP.newWebSocketBuilder().buildAsync(URI.create(gateway.url()), new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        texts.add(text.toString());
        return WebSocket.Listener.super.onText(socket, text, last);
      }
    }).join());
    return new Client(ids.take(), texts);
  }

  @Override
  public void close() {
    sockets.forEach(WebSocket::abort);
    gateway.close();
  }
}
