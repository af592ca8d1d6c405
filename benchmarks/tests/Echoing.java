import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** The chat, for the time that a test takes. */
public final class Echoing implements App {
  @Override
  public void define(Cloud cloud) {
    Table connections = cloud.table("connections").hashKey("connectionId", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    ws.onConnect(c -> connections.putItem(Item.of("connectionId", c.id())));
    ws.onDisconnect(c -> connections.deleteItem(Key.of("connectionId", c.id())));
    ws.onMessage((c, body) -> connections.scan().forEach(row -> ws.sendMessage(row.string("connectionId"), body)));
  }
}
