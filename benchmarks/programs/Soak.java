import dev.pinion.App;
import dev.pinion.Attribute;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.LimitExceededException;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/**
 * Handlers that compute, block, throw, flood and broadcast as the first word of a message says; counts its connections.
 */
public final class Soak implements App {
  record Counts(long connects, long disconnects, long rows) {}

  @Override
  public void define(Cloud cloud) {
    Table connections = cloud.table("connections").hashKey("connectionId", STRING).create();
    Table counters = cloud.table("counters").hashKey("name", STRING).create();
    WebSocket ws = cloud.webSocket("soak").create();

    ws.onConnect(c -> {
      connections.putItem(Item.of("connectionId", c.id()));
      counters.updateItem(Key.of("name", "connects"), Attribute.attribute("count").add(1));
    });
    ws.onDisconnect(c -> {
      connections.deleteItem(Key.of("connectionId", c.id()));
      counters.updateItem(Key.of("name", "disconnects"), Attribute.attribute("count").add(1));
    });
    ws.onRequest("counts", (c, body) -> new Counts(
        counters.getItem(Key.of("name", "connects")).map(row -> row.integer("count")).orElse(0L),
        counters.getItem(Key.of("name", "disconnects")).map(row -> row.integer("count")).orElse(0L),
        connections.scan().count()));
    ws.onMessage((c, body) -> {
      switch (body.split(" ", 2)[0]) {
        case "compute" -> compute(20);
        case "block" -> Thread.sleep(200);
        case "throw" -> throw new IllegalStateException(body);
        case "broadcast" -> ws.broadcast(connections.scan().map(row -> row.string("connectionId")), body);
        case "flood" -> flood(ws, c.id());
        default -> ws.sendMessage(c.id(), body);
      }
    });
  }

  private static void compute(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Sends more than the buffer of a client that does not read holds. */
  private static void flood(WebSocket ws, String id) {
    String text = "x".repeat(10_000);
    try {
      for (int i = 0; i < 1_000; i++) {
        if (!ws.sendMessage(id, text)) return;
      }
    } catch (LimitExceededException full) {
      System.out.println("a buffer is full");
    }
  }
}
