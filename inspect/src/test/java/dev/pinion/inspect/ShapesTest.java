package dev.pinion.inspect;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Code in shapes that hide what it calls: what is found is what it does, and no more.
final class ShapesTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).create();
      Table b = cloud.table("b").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      WebSocket other = cloud.webSocket("other").create();
      Item item = Item.of("id", "1");
      Key key = Key.of("id", "1");
      Inner inner = new Inner(a, b);
      Kinds.ONE.table = a; Kinds.TWO.table = b;
      tables.put("a", a); tables.put("b", b);
      """;
  private static final String MEMBERS = """
      final Map<String, Table> tables = new HashMap<>();
      static abstract class Repository<T> {
        final Table table;
        Repository(Table table) { this.table = table; }
        abstract Item toItem(T value);
        void save(T value) { table.putItem(toItem(value)); }
        void each(Consumer<? super T> what) { table.scan().map(this::from).forEach(what); }
        abstract T from(Item item);
      }
      static class People extends Repository<String> {
        People(Table table) { super(table); }
        Item toItem(String value) { return Item.of("id", value); }
        String from(Item item) { return item.string("id"); }
      }
      static final class Logged extends People {
        final Table log;
        Logged(Table table, Table log) { super(table); this.log = log; }
        @Override void save(String value) { super.save(value); log.updateItem(Key.of("id", value)); }
      }
      interface Named { Table table(); default void drop(String id) { table().deleteItem(Key.of("id", id)); } }
      record Store(Table table) implements Named {}
      sealed interface Event permits Joined, Left {}
      record Joined(Table table) implements Event {}
      record Left(WebSocket ws) implements Event {}
      enum Kinds { ONE, TWO; Table table; void clear() { table.scan(); } }
      enum Ops implements BiConsumer<Table, Item> {
        PUT { public void accept(Table t, Item i) { t.putItem(i); } },
        GET { public void accept(Table t, Item i) { t.getItem(Key.of("id", "1")); } }
      }
      static class Inner {
        final Table one; final Table two;
        Inner(Table one, Table two) { this.one = one; this.two = two; }
        class Deep { void act() { one.scan(); } }
        Runnable later() { return new Deep()::act; }
      }
      static void all(Table... tables) { for (Table each : tables) each.scan(); }
      static void even(int n, Runnable r) { if (n > 0) odd(n - 1, r); else r.run(); }
      static void odd(int n, Runnable r) { if (n > 0) even(n - 1, r); }
      static <T extends Table> void generic(Supplier<? extends T> s) { s.get().scan(); }
      static final ThreadLocal<Table> LOCAL = new ThreadLocal<>();
      static final class Closer implements AutoCloseable {
        final Table table;
        Closer(Table table) { this.table = table; }
        @Override public void close() { table.scan(); }
      }
      static final class Rows implements Iterable<String> {
        final Table table;
        Rows(Table table) { this.table = table; }
        @Override public Iterator<String> iterator() { return table.scan().map(i -> i.string("id")).iterator(); }
      }
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "new People(a).save(body); | [a PUT_ITEM]",
    "new Logged(a, b).save(body); | [a PUT_ITEM, b UPDATE_ITEM]",
    "Repository<String> r = new Logged(a, b); r.each(x -> ws.sendMessage(x, body)); | [a SCAN, ws POST]",
    "new Store(b).drop(body); | [b DELETE_ITEM]",
    "Named n = () -> a; n.drop(body); | [a DELETE_ITEM]",
    "Event e = body.isEmpty() ? new Joined(a) : new Left(ws); switch (e) { case Joined(Table t) -> t.scan(); "
        + "case Left(WebSocket w) -> w.disconnect(body); } | [a SCAN, ws DELETE]",
    "Kinds.ONE.clear(); | [a SCAN]",
    "Kinds.valueOf(body).clear(); | [a SCAN, b SCAN]",
    "for (Kinds k : Kinds.values()) k.clear(); | [a SCAN, b SCAN]",
    "Ops.PUT.accept(a, item); | [a PUT_ITEM]",
    "Ops.valueOf(body).accept(b, item); | [b GET_ITEM, b PUT_ITEM]",
    "new EnumMap<Kinds, Table>(Map.of(Kinds.ONE, b)).get(Kinds.ONE).scan(); | [b SCAN]",
    "inner.later().run(); | [a SCAN]",
    "inner.new Deep().act(); | [a SCAN]",
    "all(a, b); | [a SCAN, b SCAN]",
    "even(4, () -> a.scan()); | [a SCAN]",
    "generic(() -> b); | [b SCAN]",
    "tables.get(body).scan(); | [a SCAN, b SCAN]",
    "tables.getOrDefault(body, a).scan(); | [a SCAN, b SCAN]",
    "tables.forEach((k, t) -> t.scan()); | [a SCAN, b SCAN]",
    "tables.values().stream().filter(t -> true).findAny().ifPresent(t -> t.putItem(item)); | [a PUT_ITEM, b PUT_ITEM]",
  })
  void inClasses(String statements, String expected) {
    assertUses(statements, expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "a.getItem(key).map(i -> i.string(`id`)).map(id -> ws.sendMessage(id, body)); | [a GET_ITEM, ws POST]",
    "BiFunction<String, String, Boolean> send = ws::sendMessage; send.apply(body, body); | [ws POST]",
    "Optional.of(body).map(ws::disconnect).orElse(false); | [ws DELETE]",
    "Optional<String> none = Optional.empty(); none.or(() -> Optional.of(a.toString())).map(other::connection); "
        + "| [other GET]",
    "Runnable r = body.isEmpty() ? () -> a.scan() : () -> b.scan(); r.run(); | [a SCAN, b SCAN]",
    "Runnable r = switch (body) { case `x` -> a::scan; case `y` -> () -> b.putItem(item); default -> () -> {}; }; "
        + "r.run(); | [a SCAN, b PUT_ITEM]",
    "Function<Table, Runnable> f = t -> () -> t.scan(); f.apply(a).run(); | [a SCAN]",
    "Function<Table, Function<Key, Optional<Item>>> f = t -> t::getItem; f.apply(b).apply(key); | [b GET_ITEM]",
    "Supplier<Supplier<Table>> s = () -> () -> a; s.get().get().scan(); | [a SCAN]",
    "Callable<Object> k = () -> a.scan(); Executors.newSingleThreadExecutor().invokeAll(List.of(k)); | [a SCAN]",
    "CompletableFuture.supplyAsync(() -> a.getItem(key)).thenCompose(x -> CompletableFuture.supplyAsync(b::scan))"
        + ".thenAccept(x -> ws.sendMessage(body, body)).join(); | [a GET_ITEM, b SCAN, ws POST]",
    "Thread.startVirtualThread(() -> a.scan()).join(); | [a SCAN]",
    "Thread.ofVirtual().start(() -> a.scan()).join(); | [a SCAN]",
    "new Timer().schedule(new TimerTask() { public void run() { b.scan(); } }, 1); | [b SCAN]",
    "LOCAL.set(a); LOCAL.get().scan(); | [a SCAN]",
    "ThreadLocal<Table> l = ThreadLocal.withInitial(() -> b); l.get().scan(); | [b SCAN]",
    "ScopedValue<Table> v = ScopedValue.newInstance(); ScopedValue.where(v, a).run(() -> v.get().scan()); | [a SCAN]",
    "Stream.of(a, b).gather(Gatherers.windowFixed(2)).forEach(w -> w.get(0).scan()); | [a SCAN, b SCAN]",
    "Stream.of(1).gather(Gatherers.mapConcurrent(2, x -> a.scan())).toList(); | [a SCAN]",
    "Stream.of(body).collect(Collector.of(ArrayList::new, (l, x) -> a.scan(), (l, r) -> l)); | [a SCAN]",
    "Stream.iterate(a, t -> b).limit(2).forEach(t -> t.scan()); | [a SCAN, b SCAN]",
    "IntStream.range(0, 2).mapToObj(i -> i == 0 ? a : b).forEach(Table::scan); | [a SCAN, b SCAN]",
    "Stream.of(`x`).mapMulti((x, down) -> { a.scan(); down.accept(x); }).toList(); | [a SCAN]",
    "a.scan().collect(Collectors.groupingBy(i -> b.getItem(key))); | [a SCAN, b GET_ITEM]",
    "var p = new java.util.concurrent.SubmissionPublisher<String>(Runnable::run, 1); p.consume(x -> a.scan()); "
        + "p.submit(body); | [a SCAN]",
  })
  void inFunctions(String statements, String expected) {
    assertUses(statements, expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "try (Closer x = new Closer(a)) { b.scan(); } | [a SCAN, b SCAN]",
    "for (String id : new Rows(a)) ws.sendMessage(id, body); | [a SCAN, ws POST]",
    "String.join(`,`, new Rows(b)); | [b SCAN]",
    "ws.broadcast(new Rows(a), body); | [a SCAN, ws POST]",
    "Table t = a; try { t = b; throw new Exception(); } catch (Exception e) { t.scan(); } | [a SCAN, b SCAN]",
    "Table t = null; do { if (t != null) t.scan(); t = t == null ? a : b; } while (t != b); | [a SCAN, b SCAN]",
    "synchronized (a) { synchronized (b) { a.scan(); } } | [a SCAN]",
    "Object o = a; if (o instanceof Table t && !body.isEmpty()) t.scan(); | [a SCAN]",
    "Object[] o = {a, new Object[] {b}}; ((Table) ((Object[]) o[1])[0]).scan(); | [a SCAN, b SCAN]",
    "Table[][] t = new Table[2][2]; t[0][0] = a; t[1] = new Table[] {b}; t[0][0].scan(); | [a SCAN, b SCAN]",
    "Table[] t = {a}; Table[] u = new Table[1]; System.arraycopy(t, 0, u, 0, 1); u[0].scan(); | [a SCAN]",
    "Table[] t = {a, b}; Table[] u = t.clone(); u[0].scan(); | [a SCAN, b SCAN]",
    "Table[] t = Arrays.copyOf(new Table[] {a}, 2); t[0].scan(); | [a SCAN]",
    "Table[] t = List.of(a).toArray(Table[]::new); t[0].scan(); | [a SCAN]",
    "var m = new HashMap<String, Consumer<String>>(Map.of(`s`, x -> ws.sendMessage(x, x))); m.get(body).accept(body); "
        + "| [ws POST]",
    "var o = new Object() { Table t = a; void act() { t.scan(); } }; o.act(); | [a SCAN]",
    "class Node { Table t; Node next; } Node n = new Node(); n.next = new Node(); n.next.t = b; n.next.t.scan(); "
        + "| [b SCAN]",
    "record Pair<A, B>(A one, B two) {} var p = new Pair<>(a, new Pair<>(b, ws)); "
        + "if (p instanceof Pair(Table t, Pair(Table u, WebSocket w))) { t.scan(); w.url(); } | [a SCAN, ws URL]",
    "Comparable<String> k = x -> { a.scan(); return 0; }; k.compareTo(body); | [a SCAN]",
    "Object o = new Object() { public int hashCode() { a.scan(); return 1; } }; Set.of(o).contains(o); | [a SCAN]",
    "Object o = new Object() { public boolean equals(Object x) { b.scan(); return true; } }; List.of(o).indexOf(o); "
        + "| [b SCAN]",
    "new java.io.Writer() { public void write(char[] c, int o, int l) { a.scan(); } public void flush() {} "
        + "public void close() {} }.append(body); | [a SCAN]",
    "new java.util.concurrent.RecursiveTask<Table>() { protected Table compute() { return a; } }.invoke().scan(); "
        + "| [a SCAN]",
    "new AbstractList<Table>() { public Table get(int i) { return b; } public int size() { return 1; } }"
        + ".iterator().next().scan(); | [b SCAN]",
    "int n = 0; while (true) { if (n++ > 3) break; switch (n) { case 1: a.scan(); case 2: b.scan(); break; } } "
        + "| [a SCAN, b SCAN]",
    "assert a.scan() != null; | [a SCAN]",
  })
  void inStatements(String statements, String expected) {
    assertUses(statements, expected);
  }

  private static void assertUses(String statements, String expected) {
    String define = RESOURCES + "ws.onMessage((c, body) -> {" + statements.replace('`', '"') + "});";
    HandlerUses handler = Programs.compile(Map.of("Test", Programs.app("Test", define, MEMBERS))).inspect("Test")
        .handlers()
        .getFirst();
    String found = handler.uses().keySet().stream().map(InspectorTest::text)
        .collect(Collectors.toCollection(TreeSet::new))
        .toString();
    assertThat(found).as("%s", handler.doubts()).isEqualTo(expected);
    assertThat(handler.doubts()).isEmpty();
  }
}
