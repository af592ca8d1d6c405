import dev.pinion.*;
import static dev.pinion.AttributeType.STRING;

public final class Chat implements App {
  @Override
  public void define(Cloud cloud) {
    Table connections = cloud.table("WebSocketTable").hashKey("connectionId", STRING).create();
    WebSocket ws = cloud.webSocket("my-websocket").name("MyWebSocket").create();

    ws.onConnect(c -> connections.putItem(Item.of("connectionId", c.id())));
    ws.onDisconnect(c -> connections.deleteItem(Key.of("connectionId", c.id())));
    ws.onMessage((c, body) ->
        connections.scan().forEach(item -> ws.sendMessage(item.string("connectionId"), body)));
  }
}
