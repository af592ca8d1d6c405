package @package@;

import dev.pinion.App;
import dev.pinion.Broadcast;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** Chat rooms: a table finds the members of a room, and its index finds the rooms of a connection. */
public final class Rooms implements App {
  /** What a client sends to enter a room, with {@code "action": "join"}. */
  public record Join(String room, String name) {}

  /** The answer to {@link Join}. */
  public record Joined(String room) {}

  /** What a client sends to all members of a room, with {@code "action": "say"}. */
  public record Say(String room, String text) {}

  /** What the members of a room receive. */
  public record Said(String room, String name, String text) {}

  @Override
  public void define(Cloud cloud) {
    Table members = cloud.table("members")
        .hashKey("room", STRING)
        .rangeKey("connectionId", STRING)
        .index("byConnection", "connectionId", "room")
        .create();
    WebSocket ws = cloud.webSocket("rooms").create();

    // The answer tells the client that it is a member: messages of one client may be handled at the same time.
    ws.onRequest("join", Join.class, (c, join) -> {
      members.putItem(Item.of("room", join.room(), "connectionId", c.id(), "name", join.name()));
      return new Joined(join.room());
    });
    ws.onRoute("say", Say.class, (c, say) -> {
      String name = members.getItem(Key.of("room", say.room(), "connectionId", c.id())).orElseThrow().string("name");
      Broadcast broadcast = ws.broadcast(members.query(say.room()).map(m -> m.string("connectionId")),
          new Said(say.room(), name, say.text()));
      broadcast.gone().forEach(id -> members.deleteItem(Key.of("room", say.room(), "connectionId", id)));
    });
    ws.onDisconnect(c -> members.query(Query.hashKey(c.id()).index("byConnection")).toList()
        .forEach(m -> members.deleteItem(Key.of("room", m.string("room"), "connectionId", c.id()))));
  }
}
