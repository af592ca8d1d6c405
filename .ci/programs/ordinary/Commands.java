import dev.pinion.App;
import dev.pinion.Attribute;
import dev.pinion.Cloud;
import dev.pinion.Connection;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

import static dev.pinion.AttributeType.STRING;

/** Commands in maps: objects, lambdas, and the constants of an enum. */
public final class Commands implements App {
  interface Command {
    void run(Connection c, String argument);
  }

  record Save(Table notes) implements Command {
    @Override
    public void run(Connection c, String argument) {
      notes.putItem(Item.of("id", c.id(), "text", argument));
    }
  }

  static final class Count implements Command {
    private final Table counters;

    Count(Table counters) {
      this.counters = counters;
    }

    @Override
    public void run(Connection c, String argument) {
      counters.updateItem(Key.of("id", argument), Attribute.attribute("n").add(1));
    }
  }

  enum Admin {
    CLEAR {
      @Override
      void on(Table notes, String id) {
        notes.deleteItem(Key.of("id", id));
      }
    },
    READ {
      @Override
      void on(Table notes, String id) {
        notes.getItem(Key.of("id", id));
      }
    };

    abstract void on(Table notes, String id);
  }

  @Override
  public void define(Cloud cloud) {
    Table notes = cloud.table("notes").hashKey("id", STRING).create();
    Table counters = cloud.table("counters").hashKey("id", STRING).create();
    Table idle = cloud.table("idle").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("commands").create();
    Map<String, Command> commands = new HashMap<>();
    commands.put("save", new Save(notes));
    commands.put("count", new Count(counters));
    commands.put("echo", (c, argument) -> ws.sendMessage(c.id(), argument));
    Map<Admin, BiConsumer<Table, String>> admin = new EnumMap<>(Admin.class);
    admin.put(Admin.READ, Admin.READ::on);
    ws.onMessage((c, body) -> {
      String[] words = body.split(" ", 2);
      commands.getOrDefault(words[0], (from, argument) -> ws.disconnect(from.id())).run(c, words[1]);
    });
    ws.onRoute("admin", (c, body) -> Admin.valueOf(body.toUpperCase(Locale.ROOT)).on(notes, c.id()));
    ws.onRoute("read", (c, body) -> admin.get(Admin.READ).accept(notes, body));
    ws.onRoute("count", (c, body) -> new Count(counters).run(c, body));
    ws.onConnect(c -> idle.putItem(Item.of("id", c.id())));
  }
}
