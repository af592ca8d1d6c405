
//DEPS org.apache.logging.log4j:log4j-api:2.24.3 org.apache.logging.log4j:log4j-core:2.24.3
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

import static dev.pinion.AttributeType.STRING;

/** A static logger of Log4j. */
public final class Log4j implements App {
  private static final Logger LOG = LogManager.getLogger(Log4j.class);

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      LOG.info("got {}", body);
      LOG.debug("from {}", c::id);
      seen.putItem(Item.of("id", body));
    });
  }
}
