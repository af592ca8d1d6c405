package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.concurrent.CountDownLatch;

import static dev.pinion.AttributeType.STRING;

/** An app with something for each part of the test kit. */
final class Desk implements App {
  record Say(String text) {}

  record Said(String who, String text) {}

  @Override
  public void define(Cloud cloud) {
    Table members = cloud.table("members").hashKey("connectionId", STRING).timeToLive("expires").create();
    WebSocket ws = cloud.webSocket("desk").create();
    ws.onConnect(c -> {
      if (c.query("token").filter("wrong"::equals).isPresent()) throw c.reject(401);
      members.putItem(Item.of("connectionId", c.id()));
    });
    ws.onDisconnect(c -> members.deleteItem(Key.of("connectionId", c.id())));
    ws.onRoute("say", Say.class, (c, say) -> ws
        .broadcast(members.scan().map(row -> row.string("connectionId")), new Said("somebody", say.text())).gone()
        .forEach(id -> members.deleteItem(Key.of("connectionId", id))));
    ws.onRoute("later", (c, body) -> {
      ws.sendMessage(c.id(), "waiting");
      new CountDownLatch(1).await();
    });
    ws.onRoute("twice", (c, body) -> {
      ws.sendMessage(c.id(), "first");
      ws.sendMessage(c.id(), "second");
    });
    ws.onRoute("fail", (c, body) -> {
      throw new IllegalStateException("on purpose");
    });
    ws.onMessage((c, body) -> ws.sendMessage(c.id(), body));
  }
}
