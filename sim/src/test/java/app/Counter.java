package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.pinion.AttributeType.STRING;

/** An app of a project, which {@link MainTest} runs: it keeps state in a handler, and writes what its role forbids. */
final class Counter implements App {
  @Override
  public void define(Cloud cloud) {
    Table rows = cloud.table("rows").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("counter").create();
    AtomicInteger messages = new AtomicInteger();
    ws.onMessage((c, body) -> {
      rows.getItem(Key.of("id", body));
      ws.sendMessage(c.id(), "message " + messages.incrementAndGet());
    });
    ws.onRoute("write", (c, _) -> rows.putItem(Item.of("id", c.id()))).only(rows, "dynamodb:GetItem");
  }
}
