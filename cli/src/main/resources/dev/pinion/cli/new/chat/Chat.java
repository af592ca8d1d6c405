package @package@;

import dev.pinion.App;
import dev.pinion.Broadcast;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** A chat: what one client sends, all clients receive. */
public final class Chat implements App {
  @Override
  public void define(Cloud cloud) {
    Table connections = cloud.table("connections").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("chat").create();

    ws.onConnect(c -> connections.putItem(Item.of("id", c.id())));
    ws.onDisconnect(c -> connections.deleteItem(Key.of("id", c.id())));
    ws.onMessage((c, text) -> {
      Broadcast broadcast = ws.broadcast(connections.scan().map(row -> row.string("id")), text);
      // AWS does not promise a disconnect event, so clients that are gone are removed here too.
      broadcast.gone().forEach(id -> connections.deleteItem(Key.of("id", id)));
    });
  }
}
