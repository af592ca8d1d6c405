
//DEPS com.google.code.gson:gson:2.13.1 com.google.guava:guava:33.4.8-jre
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.List;

import static dev.pinion.AttributeType.STRING;

/** Objects of a class that only a generic type names, and a bus that calls annotated methods. */
public final class Tokens implements App {
  private static final Gson GSON = new Gson();

  static final class Row {
    private String id = "";

    void save(Table rows) {
      rows.putItem(Item.of("id", id));
    }
  }

  record Left(String id) {}

  static final class Leavers {
    private final Table rows;

    Leavers(Table rows) {
      this.rows = rows;
    }

    @Subscribe
    public void on(Left left) {
      rows.deleteItem(Key.of("id", left.id()));
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    EventBus bus = new EventBus();
    bus.register(new Leavers(seen));
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onDisconnect(c -> bus.post(new Left(c.id())));
    ws.onMessage((c, body) -> {
      List<Row> rows = GSON.fromJson(body, new TypeToken<List<Row>>() {}.getType());
      for (Row each : rows) each.save(seen);
    });
  }
}
