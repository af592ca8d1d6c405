import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import static dev.pinion.AttributeType.STRING;

/** Services that get what they need in their constructors, some of it behind interfaces. */
public final class Services implements App {
  interface Members {
    void join(String room, String id);

    void leave(String id);

    List<String> of(String room);

    Optional<String> room(String id);
  }

  interface Sender {
    boolean send(String id, String text);
  }

  interface Audit {
    void record(String what);

    Audit NONE = what -> {};
  }

  static final class TableMembers implements Members {
    private final Table rows;

    TableMembers(Table rows) {
      this.rows = Objects.requireNonNull(rows);
    }

    @Override
    public void join(String room, String id) {
      rows.putItem(Item.of("id", id, "room", room));
    }

    @Override
    public void leave(String id) {
      rows.deleteItem(Key.of("id", id));
    }

    @Override
    public List<String> of(String room) {
      return rows.scan().filter(inRoom(room)).map(row -> row.string("id")).toList();
    }

    @Override
    public Optional<String> room(String id) {
      return rows.getItem(Key.of("id", id)).map(row -> row.string("room"));
    }

    private static Predicate<Item> inRoom(String room) {
      return row -> row.string("room").equals(room);
    }
  }

  record TableAudit(Table log) implements Audit {
    @Override
    public void record(String what) {
      log.putItem(Item.of("what", what));
    }
  }

  static final class Rooms {
    private final Members members;
    private final Sender sender;
    private final Audit audit;

    Rooms(Members members, Sender sender, Audit audit) {
      this.members = members;
      this.sender = sender;
      this.audit = audit;
    }

    void say(String id, String text) {
      members.room(id).ifPresent(room -> {
        for (String each : members.of(room)) {
          if (!sender.send(each, text)) members.leave(each);
        }
      });
    }

    void enter(String id, String room) {
      members.join(room, id);
      audit.record(id + " entered " + room);
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table rows = cloud.table("members").hashKey("id", STRING).create();
    Table log = cloud.table("audit").hashKey("what", STRING).create();
    WebSocket ws = cloud.webSocket("rooms").create();
    Members members = new TableMembers(rows);
    Rooms audited = new Rooms(members, ws::sendMessage, new TableAudit(log));
    Rooms plain = new Rooms(members, ws::sendMessage, Audit.NONE);
    ws.onRoute("enter", (c, room) -> audited.enter(c.id(), room));
    ws.onRoute("enter-quietly", (c, room) -> plain.enter(c.id(), room));
    ws.onRoute("say", (c, text) -> plain.say(c.id(), text));
    ws.onDisconnect(c -> members.leave(c.id()));
  }
}
