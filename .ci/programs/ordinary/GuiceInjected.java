
//DEPS com.google.inject:guice:7.0.0
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** Objects that Guice has made in define. */
public final class GuiceInjected implements App {
  interface Store {
    void save(String id);
  }

  static final class TableStore implements Store {
    private final Table rows;

    @Inject
    TableStore(Table rows) {
      this.rows = rows;
    }

    @Override
    public void save(String id) {
      rows.putItem(Item.of("id", id));
    }
  }

  static final class Module extends AbstractModule {
    private final Table rows;

    Module(Table rows) {
      this.rows = rows;
    }

    @Override
    protected void configure() {
      bind(Table.class).toInstance(rows);
      bind(Store.class).to(TableStore.class);
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Store store = Guice.createInjector(new Module(seen)).getInstance(Store.class);
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onMessage((c, body) -> {
      store.save(body);
      ws.sendMessage(c.id(), "saved");
    });
  }
}
