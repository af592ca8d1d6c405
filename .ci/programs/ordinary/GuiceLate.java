
//DEPS com.google.inject:guice:7.0.0
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;

import static dev.pinion.AttributeType.STRING;

/** An injector that a handler asks: it gives what it holds. */
public final class GuiceLate implements App {
  interface Store {
    void save(String id);
  }

  static final class Names {
    private final Table rows;

    @Inject
    Names(Table rows) {
      this.rows = rows;
    }

    String of(String id) {
      return rows.getItem(Key.of("id", id)).map(row -> row.string("name")).orElse("?");
    }
  }

  static final class Module extends AbstractModule {
    private final Table rows;

    Module(Table rows) {
      this.rows = rows;
    }

    @Provides
    Table rows() {
      return rows;
    }

    @Provides
    @Singleton
    Store store(Table rows) {
      return id -> rows.putItem(Item.of("id", id));
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Injector injector = Guice.createInjector(new Module(seen));
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onRequest("name", (c, id) -> injector.getInstance(Names.class).of(id));
    ws.onRoute("save", (c, id) -> injector.getInstance(Store.class).save(id));
  }
}
