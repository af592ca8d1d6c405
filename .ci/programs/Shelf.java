import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Query;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** Queries an index by a name that the table has not: a doubt, which no training run has seen. */
public final class Shelf implements App {
  @Override
  public void define(Cloud cloud) {
    Table books =
        cloud.table("books").hashKey("id", STRING).attribute("author", STRING).index("byAuthor", "author").create();
    WebSocket ws = cloud.webSocket("shelf").create();
    ws.onRequest("by", (c, body) -> books.query(Query.hashKey(body).index("byWriter")).count());
  }
}
