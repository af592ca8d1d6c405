import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.PerInstance;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import static dev.pinion.AttributeType.STRING;

/** Generic repositories, and decorators around them. */
public final class Repositories implements App {
  interface Repository<K, V> {
    Optional<V> find(K key);

    void save(V value);

    void remove(K key);

    default V update(K key, UnaryOperator<V> change) {
      V changed = change.apply(find(key).orElseThrow());
      save(changed);
      return changed;
    }
  }

  record User(String id, String name) {}

  record Order(String id, String user) {}

  static class TableRepository<V> implements Repository<String, V> {
    private final Table table;
    private final Function<? super V, Item> write;
    private final Function<Item, ? extends V> read;

    TableRepository(Table table, Function<? super V, Item> write, Function<Item, ? extends V> read) {
      this.table = table;
      this.write = write;
      this.read = read;
    }

    @Override
    public Optional<V> find(String key) {
      return table.getItem(Key.of("id", key)).map(read);
    }

    @Override
    public void save(V value) {
      table.putItem(write.apply(value));
    }

    @Override
    public void remove(String key) {
      table.deleteItem(Key.of("id", key));
    }
  }

  abstract static class Decorator<K, V> implements Repository<K, V> {
    protected final Repository<K, V> inner;

    Decorator(Repository<K, V> inner) {
      this.inner = inner;
    }

    @Override
    public Optional<V> find(K key) {
      return inner.find(key);
    }

    @Override
    public void save(V value) {
      inner.save(value);
    }

    @Override
    public void remove(K key) {
      inner.remove(key);
    }
  }

  static final class Cached<K, V> extends Decorator<K, V> {
    @PerInstance private final Map<K, Optional<V>> known = new ConcurrentHashMap<>();

    Cached(Repository<K, V> inner) {
      super(inner);
    }

    @Override
    public Optional<V> find(K key) {
      return known.computeIfAbsent(key, super::find);
    }

    @Override
    public void remove(K key) {
      known.remove(key);
      super.remove(key);
    }
  }

  static final class Journaled<K, V> extends Decorator<K, V> {
    private final Table journal;

    Journaled(Repository<K, V> inner, Table journal) {
      super(inner);
      this.journal = journal;
    }

    @Override
    public void save(V value) {
      journal.putItem(Item.of("id", value.toString()));
      super.save(value);
    }
  }

  @Override
  public void define(Cloud cloud) {
    Table users = cloud.table("users").hashKey("id", STRING).create();
    Table orders = cloud.table("orders").hashKey("id", STRING).create();
    Table journal = cloud.table("journal").hashKey("id", STRING).create();
    WebSocket ws = cloud.webSocket("shop").create();
    Repository<String, User> byId = new Cached<>(new TableRepository<>(
        users,
        user -> Item.of("id", user.id(), "name", user.name()),
        row -> new User(row.string("id"), row.string("name"))));
    Repository<String, Order> placed = new Journaled<>(new TableRepository<>(
        orders,
        order -> Item.of("id", order.id(), "user", order.user()),
        row -> new Order(row.string("id"), row.string("user"))), journal);
    Map<String, Repository<String, ?>> all = new LinkedHashMap<>();
    all.put("users", byId);
    ws.onRequest("user", (c, id) -> byId.find(id).map(User::name).orElse("?"));
    ws.onRequest("rename", (c, id) -> byId.update(id, user -> new User(user.id(), user.name() + "!")));
    ws.onRoute("order", (c, id) -> placed.save(new Order(id, c.id())));
    ws.onRequest("placed", (c, id) -> placed.find(id).map(Order::user).orElse("?"));
    ws.onRoute("forget", (c, kind) -> all.get(kind).remove(c.id()));
  }
}
