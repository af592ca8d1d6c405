import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.ArrayList;
import java.util.List;

import static dev.pinion.AttributeType.STRING;

/**
 * A small app, run once after a build so that the JVM learns what a start needs. The warning of its list is the last
 * that is done.
 */
final class Training implements App {
  record Said(String text) {}

  @Override
  public void define(Cloud cloud) {
    List<String> said = new ArrayList<>();
    Table people = cloud.table("people").hashKey("id", STRING).create();
    WebSocket chat = cloud.webSocket("chat").create();
    chat.onConnect(connection -> people.putItem(Item.of("id", connection.id())));
    chat.onMessage(Said.class, (connection, message) -> {
      said.add(message.text());
      chat.broadcast(people.scan().map(row -> row.string("id")), message);
    });
  }
}
