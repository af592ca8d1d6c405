import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.PerInstance;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import static dev.pinion.AttributeType.STRING;

/** An HTTP client, an executor and locks. */
public final class Clients implements App {
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  @PerInstance private static final ReentrantLock LOCK = new ReentrantLock();
  private static final ExecutorService POOL = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Function<String, Boolean> purge = id -> ws.disconnect(id);
    ws.onRoute("purge", (c, body) -> purge.apply(body));
    ws.onRoute("later", (c, body) -> POOL.submit(() -> ws.sendMessage(c.id(), body)).get());
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      HttpRequest request = HttpRequest.newBuilder(URI.create("https://example.org/" + body)).build();
      String text = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
      LOCK.lock();
      try {
        seen.putItem(Item.of("id", body, "text", text));
      } finally {
        LOCK.unlock();
      }
    });
  }
}
