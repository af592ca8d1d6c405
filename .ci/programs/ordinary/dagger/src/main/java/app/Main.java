package app;

import dagger.BindsInstance;
import dagger.Component;
import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import static dev.pinion.AttributeType.STRING;

/** Objects that Dagger's component gives, in define and in a handler. */
public final class Main implements App {
  @Singleton
  static final class Store {
    private final Table rows;

    @Inject
    Store(Table rows) {
      this.rows = rows;
    }

    void save(String id) {
      rows.putItem(Item.of("id", id));
    }
  }

  static final class Greeter {
    private final Store store;
    private final WebSocket ws;

    @Inject
    Greeter(Store store, WebSocket ws) {
      this.store = store;
      this.ws = ws;
    }

    void greet(String id) {
      store.save(id);
      ws.sendMessage(id, "welcome");
    }
  }

  @Singleton
  @Component
  interface Services {
    Store store();

    Greeter greeter();

    @Component.Factory
    interface Factory {
      Services create(@BindsInstance Table rows, @BindsInstance WebSocket ws);
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table seen = cloud.table("seen").hashKey("id", STRING).create();
    Table unrelated = cloud.table("unrelated").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("ws").create();
    Services services = DaggerMain_Services.factory().create(seen, ws);
    Store store = services.store();
    ws.onConnect(c -> unrelated.putItem(Item.of("id", c.id())));
    ws.onRoute("save", (c, body) -> store.save(body));
    ws.onMessage((c, body) -> services.greeter().greet(c.id()));
  }
}
