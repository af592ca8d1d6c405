import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** A small app, run once after a build so that the JVM learns what a start needs. */
final class Training implements App {
  record Said(String text) {}

  @Override
  public void define(Cloud cloud) {
    Table people = cloud.table("people").hashKey("id", STRING).create();
    WebSocket chat = cloud.webSocket("chat").create();
    chat.onConnect(connection -> people.putItem(Item.of("id", connection.id())));
    chat.onMessage(Said.class, (connection, said) -> chat.broadcast(people.scan().map(row -> row.string("id")), said));
  }
}
