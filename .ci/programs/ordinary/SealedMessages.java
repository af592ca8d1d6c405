import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Connection;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** Messages of a sealed type, each route with one of them, and one switch for all. */
public final class SealedMessages implements App {
  sealed interface Message {}

  record Join(String room) implements Message {}

  record Leave(String room) implements Message {}

  record Say(String room, String text) implements Message {}

  private final Rows rows = new Rows();

  static final class Rows {
    private Table members;
    private WebSocket ws;

    void on(Connection c, Message message) {
      switch (message) {
        case Join(String room) -> members.putItem(Item.of("id", c.id(), "room", room));
        case Leave _ -> members.deleteItem(Key.of("id", c.id()));
        case Say(String room, String text) when !text.isBlank() -> say(room, text);
        case Say _ -> ws.disconnect(c.id());
      }
    }

    private void say(String room, String text) {
      members.scan().filter(row -> row.string("room").equals(room))
          .forEach(row -> ws.sendMessage(row.string("id"), text));
    }
  }

  @Override
  public void define(Cloud cloud) {
    rows.members = cloud.table("members").hashKey("id", STRING).create();
    rows.ws = cloud.webSocket("rooms").create();
    rows.ws.onRoute("join", Join.class, rows::on);
    rows.ws.onRoute("leave", Leave.class, rows::on);
    rows.ws.onRoute("say", Say.class, rows::on);
    rows.ws.onDisconnect(c -> rows.on(c, new Leave("")));
  }
}
