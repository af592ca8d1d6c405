
//DEPS com.github.ben-manes.caffeine:caffeine:3.2.0 com.google.guava:guava:33.4.8-jre
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.common.cache.CacheBuilder;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.time.Duration;

import static dev.pinion.AttributeType.STRING;

/** Caches of Caffeine and of Guava; one loads from a table. */
public final class Caches implements App {
  private static final Cache<String, String> RECENT = Caffeine.newBuilder().maximumSize(100).build();

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    com.google.common.cache.Cache<String, String> names =
        CacheBuilder.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build();
    LoadingCache<String, String> loaded = Caffeine.newBuilder().maximumSize(10)
        .build(id -> seen.getItem(Key.of("id", id)).map(row -> row.string("text")).orElse(""));
    ws.onRoute("loaded", (c, body) -> ws.sendMessage(c.id(), loaded.get(body)));
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      RECENT.put(c.id(), body);
      names.put(body, String.valueOf(RECENT.getIfPresent(c.id())));
      seen.putItem(Item.of("id", body, "text", names.get(body, () -> "none")));
    });
  }
}
