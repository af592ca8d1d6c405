import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** The chat, with {@code broadcast} instead of a send to each. */
public final class Broadcast implements App {
  @Override
  public void define(Cloud cloud) {
    Table connections = cloud.table("connections").hashKey("connectionId", STRING).create();
    WebSocket ws = cloud.webSocket("broadcast").create();

    ws.onConnect(c -> connections.putItem(Item.of("connectionId", c.id())));
    ws.onDisconnect(c -> connections.deleteItem(Key.of("connectionId", c.id())));
    ws.onMessage((c, body) -> ws.broadcast(connections.scan().map(row -> row.string("connectionId")), body));
  }
}
