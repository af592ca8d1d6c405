package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** The chat of the README, with the handler beside it that prunes rows. */
final class PrunedChat implements App {
  @Override
  public void define(Cloud cloud) {
    Table connections = cloud.table("WebSocketTable").hashKey("connectionId", STRING).create();
    WebSocket ws = cloud.webSocket("my-websocket").name("MyWebSocket").create();

    ws.onConnect(c -> connections.putItem(Item.of("connectionId", c.id())));
    ws.onDisconnect(c -> connections.deleteItem(Key.of("connectionId", c.id())));
    ws.onMessage((c, body) -> connections.scan().map(item -> item.string("connectionId")).forEach(id -> {
      if (!ws.sendMessage(id, body)) connections.deleteItem(Key.of("connectionId", id));
    }));
  }
}
