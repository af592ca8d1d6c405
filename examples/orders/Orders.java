import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.Optional;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;

/** A shop: orders come over HTTP, and whoever is connected sees them. An order that is sent twice is placed once. */
public final class Orders implements App {
  record Wish(String article, int count) {}

  record Order(String id, String article, int count, boolean paid) {}

  record Paid(String id) {}

  @Override
  public void define(Cloud cloud) {
    Table orders = cloud.table("orders").hashKey("id", STRING).create();
    Table watchers = cloud.table("watchers").hashKey("connectionId", STRING).create();
    WebSocket ws = cloud.webSocket("watch").create();
    HttpApi http = cloud.httpApi("shop").allowOrigins("http://localhost:5173").allowMethods("GET", "POST")
        .allowHeaders("content-type", "idempotency-key").create();

    ws.onConnect(c -> watchers.putItem(Item.of("connectionId", c.id())));
    ws.onDisconnect(c -> watchers.deleteItem(Key.of("connectionId", c.id())));

    http.on("POST /orders", Wish.class, (request, wish) -> {
      Optional<String> id = request.header("idempotency-key");
      if (id.isEmpty()) return HttpReply.status(400).text("send an Idempotency-Key");
      Order order = new Order(id.get(), wish.article(), wish.count(), false);
      try {
        orders.putItem(order, attribute("id").notExists());
      } catch (ConditionalCheckFailedException e) {
        return orders.getItemConsistently(Key.of("id", id.get())).map(row -> row.as(Order.class));
      }
      tell(ws, watchers, order);
      return HttpReply.status(201).header("location", "/orders/" + id.get()).json(order);
    });
    http.on("GET /orders/{id}", request -> orders.getItem(Key.of("id", request.path("id")))
        .<Object>map(row -> row.as(Order.class)).orElse(HttpReply.status(404)));
    http.on("POST /orders/{id}/paid", request -> {
      String id = request.path("id");
      try {
        orders.updateItem(Key.of("id", id), attribute("paid").equalTo(false), attribute("paid").set(true));
      } catch (ConditionalCheckFailedException e) {
        return HttpReply.status(409);
      }
      tell(ws, watchers, new Paid(id));
      return HttpReply.noContent();
    });
  }

  private static void tell(WebSocket ws, Table watchers, Record news) {
    ws.broadcast(watchers.scan().map(w -> w.string("connectionId")), news)
        .gone()
        .forEach(id -> watchers.deleteItem(Key.of("connectionId", id)));
  }
}
