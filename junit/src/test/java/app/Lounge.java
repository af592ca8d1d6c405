package app;

import dev.pinion.*;
import java.util.List;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;

/** The app of the guides about WebSockets and front ends. */
final class Lounge implements App {
  record Join(String room, String name) {}

  record Who(String room) {}

  record Say(String room, String text) {}

  record Said(String room, String name, String text) {}

  @Override
  public void define(Cloud cloud) {
    Config page = cloud.config("page");
    Table tickets = cloud.table("tickets").hashKey("ticket", STRING).timeToLive("expires").create();
    Table members = cloud.table("members")
        .hashKey("room", STRING)
        .rangeKey("connectionId", STRING)
        .index("byConnection", "connectionId", "room")
        .create();
    WebSocket ws = cloud.webSocket("lounge").create();

    ws.onConnect(c -> {
      if (c.header("Origin").filter(origin -> !origin.equals(page.value())).isPresent()) throw c.reject(403);
      try {
        tickets.deleteItem(Key.of("ticket", c.query("ticket").orElse("none")), attribute("ticket").exists());
      } catch (ConditionalCheckFailedException used) {
        throw c.reject(401);
      }
      if (c.subprotocols().contains("lounge.v2")) c.accept("lounge.v2");
    });

    ws.onRoute("join", Join.class, (c, join) -> {
      members.putItem(Item.of("room", join.room(), "connectionId", c.id(), "name", join.name()));
      ws.sendMessage(c.id(), new Said(join.room(), "lounge", "welcome, " + join.name()));
    });
    ws.onRequest("who", Who.class, (c, who) -> members.query(who.room()).map(m -> m.string("name")).sorted().toList());

    ws.onRoute("say", Say.class, (c, say) -> {
      String name = members.getItem(Key.of("room", say.room(), "connectionId", c.id())).orElseThrow().string("name");
      List<String> ids = members.query(say.room()).map(m -> m.string("connectionId")).toList();
      Broadcast result = ws.broadcast(ids, new Said(say.room(), name, say.text()));
      result.gone().forEach(id -> members.deleteItem(Key.of("room", say.room(), "connectionId", id)));
    });
    ws.onMessage((c, body) -> ws.sendMessage(c.id(), "not a message of this app: " + body));

    ws.onDisconnect(c -> members.query(Query.hashKey(c.id()).index("byConnection")).toList()
        .forEach(m -> members.deleteItem(Key.of("room", m.string("room"), "connectionId", c.id()))));
    ws.onRoute("leave", (c, body) -> ws.disconnect(c.id()));
  }
}
