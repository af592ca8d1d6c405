import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.logging.Level;
import java.util.logging.Logger;

import static dev.pinion.AttributeType.STRING;

/** Loggers of the JDK. */
public final class Jul implements App {
  private static final Logger LOG = Logger.getLogger(Jul.class.getName());
  private static final System.Logger SYSTEM = System.getLogger("jul");

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();

    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      LOG.log(Level.INFO, "got {0}", body);
      LOG.fine(() -> "from " + c.id());
      SYSTEM.log(System.Logger.Level.DEBUG, body);
      seen.putItem(Item.of("id", body));
    });
  }
}
