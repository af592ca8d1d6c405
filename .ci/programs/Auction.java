import dev.pinion.*;
import java.time.Duration;
import java.time.Instant;

import static dev.pinion.AttributeType.STRING;

/** Auctions: who bids, and what. */
public final class Auction implements App {
  record Bid(String lot, int amount) {}

  record Watch(String lot) {}

  record News(String lot, int amount, String by) {}

  @Override
  public void define(Cloud cloud) {
    Table lots = cloud.table("lots").hashKey("lot", STRING).create();
    Table watchers = cloud.table("watchers").hashKey("lot", STRING).rangeKey("connectionId", STRING)
        .timeToLive("expiresAt").index("byConnection", "connectionId", "lot").create();
    Config currency = cloud.config("currency");
    Secret key = cloud.secret("apiKey");
    WebSocket ws = cloud.webSocket("auction").create();

    ws.onConnect(c -> System.out.println("welcome " + c.id()));
    ws.onRoute("watch", Watch.class, (c, watch) -> watchers.putItem(Item.of("lot", watch.lot(), "connectionId", c.id())
        .with("expiresAt", Instant.now().getEpochSecond() + 3600)));
    ws.onRequest("bid", Bid.class, (c, bid) -> {
      if (bid.amount() > 1_000_000)
        throw new IllegalStateException("nobody has " + bid.amount() + " " + currency.value() + ", key " + key.value());
      System.out.println(c.id() + " bids " + bid.amount() + " with key " + key.value());
      lots.updateItem(Key.of("lot", bid.lot()), Attribute.attribute("amount").set(bid.amount()),
          Attribute.attribute("by").set(c.id()));
      ws.broadcast(watchers.query(bid.lot()).map(w -> w.string("connectionId")),
          new News(bid.lot(), bid.amount(), c.id()));
      return "accepted, in " + currency.value();
    });
    ws.onMessage((c, text) -> ws.sendMessage(c.id(), "bid or watch, please"));
    cloud.schedule("hammer").rate(Duration.ofMinutes(1)).create()
        .onTick(tick -> System.out.println(lots.scan().count() + " lots at " + tick.scheduledTime()));
    ws.onDisconnect(c -> watchers.query(Query.hashKey(c.id()).index("byConnection")).toList()
        .forEach(w -> watchers.deleteItem(Key.of("lot", w.string("lot"), "connectionId", c.id()))));
  }
}
