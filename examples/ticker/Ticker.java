import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;

import static dev.pinion.AttributeType.STRING;

/** Code that no message starts: every minute, on the mornings of working days, and once. */
public final class Ticker implements App {
  record Tock(Instant time) {}

  @Override
  public void define(Cloud cloud) {
    Table watchers = cloud.table("watchers").hashKey("connectionId", STRING).create();
    WebSocket ws = cloud.webSocket("ticker").create();

    ws.onConnect(c -> watchers.putItem(Item.of("connectionId", c.id())));
    ws.onDisconnect(c -> watchers.deleteItem(Key.of("connectionId", c.id())));

    cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(
        tick -> ws.broadcast(watchers.scan().map(w -> w.string("connectionId")), new Tock(tick.scheduledTime()))
            .gone()
            .forEach(id -> watchers.deleteItem(Key.of("connectionId", id))));
    cloud.schedule("opening").cron("0 9 ? * MON-FRI *").timeZone("America/New_York").create().onTick(
        tick -> ws.broadcast(watchers.scan().map(w -> w.string("connectionId")), "the market is open"))
        .timeout(Duration.ofMinutes(5));
    cloud.schedule("new-year").at(LocalDateTime.of(2030, 1, 1, 0, 0)).timeZone("Europe/Berlin").create().onTick(
        tick -> ws.broadcast(watchers.scan().map(w -> w.string("connectionId")), "Happy New Year"));
  }
}
