import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Config;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.WebSocket;
import java.time.Duration;

import static dev.pinion.AttributeType.STRING;

/** A game whose handlers share two functions, so that few of them have to be started. */
public final class Arena implements App {
  record Move(int x, int y) {}

  record Place(String player, long x, long y) {}

  @Override
  public void define(Cloud cloud) {
    Table players = cloud.table("players").hashKey("connectionId", STRING).create();
    Config level = cloud.config("log-level");
    WebSocket ws = cloud.webSocket("match").create();
    HttpApi http = cloud.httpApi("scores").create();
    Task<String> farewell = cloud.task("farewell", String.class).create();

    ws.onConnect(c -> players.putItem(Item.of("connectionId", c.id(), "x", 0, "y", 0))).function("play")
        .memory(1024).timeout(Duration.ofSeconds(10)).tracing().metrics().environment("LOG_LEVEL", level);
    ws.onRoute("move", Move.class, (c, move) -> {
      players.putItem(Item.of("connectionId", c.id(), "x", move.x(), "y", move.y()));
      ws.broadcast(players.scan().map(p -> p.string("connectionId")), new Place(c.id(), move.x(), move.y()));
    }).function("play");
    ws.onDisconnect(c -> {
      players.deleteItem(Key.of("connectionId", c.id()));
      farewell.start(c.id());
    }).function("play");
    http.on("GET /players", request -> players.scan().map(p -> p.string("connectionId")).toList()).function("play");
    http.on("GET /players/{id}", request -> players.getItem(Key.of("connectionId", request.path("id")))
        .map(p -> HttpReply.ok().json(new Place(p.string("connectionId"), p.integer("x"), p.integer("y"))))
        .orElseGet(() -> HttpReply.status(404))).function("play");

    farewell.onStart(
        player -> ws.broadcast(players.scan().map(p -> p.string("connectionId")), player + " has left"))
        .function("upkeep").reservedConcurrency(5);
    cloud.schedule("sweep").rate(Duration.ofHours(1)).create()
        .onTick(tick -> players.scan().map(p -> p.string("connectionId"))
            .filter(id -> ws.connection(id).isEmpty())
            .forEach(id -> players.deleteItem(Key.of("connectionId", id))))
        .function("upkeep");
  }
}
