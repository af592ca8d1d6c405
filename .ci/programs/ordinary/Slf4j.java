
//DEPS org.slf4j:slf4j-api:2.0.17 org.slf4j:slf4j-simple:2.0.17
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static dev.pinion.AttributeType.STRING;

/** A static logger, and one of an object. */
public final class Slf4j implements App {
  private static final Logger LOG = LoggerFactory.getLogger(Slf4j.class);

  static final class Store {
    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Table rows;

    Store(Table rows) {
      this.rows = rows;
    }

    void save(String id) {
      log.atDebug().addKeyValue("id", id).log("saving");
      rows.putItem(Item.of("id", id));
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Store store = new Store(seen);
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      LOG.info("got {} of {}", body, c.id());
      try {
        store.save(body);
      } catch (IllegalArgumentException e) {
        LOG.error("cannot save", e);
      }
      ws.sendMessage(c.id(), body);
    });
  }
}
