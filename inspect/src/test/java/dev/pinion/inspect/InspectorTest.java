package dev.pinion.inspect;

import java.net.Authenticator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of handlers of every shape. The tables are `a` and `b`, the WebSockets `ws` and `other`.
final class InspectorTest {
  private static final String RESOURCES = """
      Table a = cloud.table("a").hashKey("id", STRING).rangeKey("at", STRING).index("byUser", "user")
          .index("byRoom", "room").attribute("user", STRING).attribute("room", STRING).create();
      Table b = cloud.table("b").hashKey("id", STRING).create();
      Config config = cloud.config("greeting");
      Secret secret = cloud.secret("password");
      WebSocket ws = cloud.webSocket("ws").create();
      WebSocket other = cloud.webSocket("other").create();
      Item item = Item.of("id", "1");
      Key key = Key.of("id", "1");
      """;
  private static final String MEMBERS = """
      Table field;
      static Table shared;
      record Body(String text, List<Inner> inner) {}
      record Inner(String text) {}
      record Holder(Table table) { void save(Item item) { table.putItem(item); } Table get() { return table; } }
      interface Action { void run(String id) throws Exception; }
      record Put(Table table) implements Action { public void run(String id) { table.putItem(Item.of("id", id)); } }
      record Send(WebSocket ws) implements Action { public void run(String id) { ws.sendMessage(id, "x"); } }
      static final class Saver implements MessageHandler<String> {
        private final Table table;
        Saver(Table table) { this.table = table; }
        @Override public void handle(Connection c, String body) { save(Item.of("id", body)); }
        private void save(Item item) { table.putItem(item); }
      }
      static final class Tables extends ArrayList<Table> {}
      static void save(Table table) { table.putItem(Item.of("id", "1")); }
      static Table same(Table table) { return table; }
      void own() { field.deleteItem(Key.of("id", "1")); }
      static void deep(int n, Table table) { if (n == 0) table.scan(); else deep(n - 1, table); }
      """;

  private static Inspection inspect(String handler) {
    String statements = RESOURCES + handler + "\nother.onConnect(c -> {});";
    return Programs.compile(Map.of("Test", Programs.app("Test", statements, MEMBERS))).inspect("Test");
  }

  private static HandlerUses of(Inspection inspection, String path) {
    return inspection.handlers().stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  private static String text(HandlerUses handler) {
    return handler.uses().keySet().stream().map(InspectorTest::text).collect(Collectors.toCollection(TreeSet::new))
        .toString();
  }

  static String text(Use use) {
    return switch (use) {
      case Use.Rows(var table, var operation, var index) ->
          table + index.map(name -> "." + name).orElse("") + " " + operation;
      case Use.Connections(var webSocket, var operation) -> webSocket + " " + operation;
      case Use.Start(var task, var operation) -> task + " " + operation;
      case Use.HttpUrl(var api) -> api + " URL";
      case Use.Send(var queue) -> queue + " SEND";
      case Use.Value(var value) -> value;
    };
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "a.putItem(item); | [a PUT_ITEM]",
    "if (body.isEmpty()) a.putItem(item); else b.deleteItem(key); | [a PUT_ITEM, b DELETE_ITEM]",
    "Table t = body.isEmpty() ? a : b; t.getItem(key); | [a GET_ITEM, b GET_ITEM]",
    "a.scan().forEach(each -> ws.sendMessage(each.string(`id`), body)); | [a SCAN, ws POST]",
    "a.scan().map(each -> each.string(`id`)).filter(ws::disconnect).forEach(id -> b.deleteItem(key)); "
        + "| [a SCAN, b DELETE_ITEM, ws DELETE]",
    "ws.broadcast(a.scan().map(each -> b.getItem(key).orElseThrow().string(`x`)), body); "
        + "| [a SCAN, b GET_ITEM, ws POST]",
    "Consumer<Item> save = a::putItem; save.accept(item); | [a PUT_ITEM]",
    "Function<Table, Stream<Item>> read = Table::scan; read.apply(b); | [b SCAN]",
    "Supplier<Holder> make = () -> new Holder(a); make.get().save(item); | [a PUT_ITEM]",
    "Function<Table, Holder> make = Holder::new; make.apply(b).save(item); | [b PUT_ITEM]",
    "new Holder(a).save(item); new Holder(b).get().scan(); | [a PUT_ITEM, b SCAN]",
    "save(a); same(b).scan(); | [a PUT_ITEM, b SCAN]",
    "same(a).putItem(item); same(b).scan(); | [a PUT_ITEM, b SCAN]",
    "deep(3, b); | [b SCAN]",
  })
  void callsThroughTheAppsCodeAreFollowed(String statements, String expected) {
    assertUses(statements, expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "List.of(a).forEach(t -> t.putItem(item)); | [a PUT_ITEM]",
    "List<Table> all = new ArrayList<>(); all.add(a); all.get(0).putItem(item); | [a PUT_ITEM]",
    "Table[] all = {a}; all[0].putItem(item); for (Table t : new Table[] {b}) t.scan(); | [a PUT_ITEM, b SCAN]",
    "Map<String, Action> all = Map.of(`p`, new Put(a), `s`, new Send(ws)); all.get(body).run(body); "
        + "| [a PUT_ITEM, ws POST]",
    "Map<String, Action> all = new HashMap<>(); all.put(`l`, id -> b.scan()); all.get(body).run(body); | [b SCAN]",
    "Action run = new Action() { public void run(String id) { a.scan(); } }; run.run(body); | [a SCAN]",
    "Executors.newVirtualThreadPerTaskExecutor().submit(() -> a.putItem(item)).get(); | [a PUT_ITEM]",
    "CompletableFuture.supplyAsync(() -> a).thenAccept(t -> t.putItem(item)).join(); | [a PUT_ITEM]",
    "new Thread(() -> a.putItem(item)).start(); | [a PUT_ITEM]",
    "Runnable one = () -> a.scan(); Runnable two = () -> one.run(); two.run(); | [a SCAN]",
    "Optional.of(a).map(t -> t.getItem(key)).isPresent(); | [a GET_ITEM]",
    "Tables all = new Tables(); all.add(a); all.getFirst().scan(); | [a SCAN]",
    "field = a; own(); | [a DELETE_ITEM]",
    "shared = b; shared.scan(); | [b SCAN]",
    "try { throw new IllegalStateException(); } catch (RuntimeException e) { a.scan(); } finally { b.scan(); } "
        + "| [a SCAN, b SCAN]",
    "switch (body) { case `x` -> a.scan(); case `y` -> b.scan(); default -> {} } | [a SCAN, b SCAN]",
    "Object o = body.isEmpty() ? a : b; switch (o) { case Table t -> t.scan(); default -> {} } | [a SCAN, b SCAN]",
    "String s = `x` + new Object() { @Override public String toString() { return a.toString() + b.scan(); } }; "
        + "| [b SCAN]",
    "new TreeMap<String, Item>((l, r) -> { a.scan(); return 0; }).put(`x`, item); | [a SCAN]",
  })
  void callsThroughTheJdkAndOtherShapesAreFollowed(String statements, String expected) {
    assertUses(statements, expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "a.query(`x`); | [a QUERY]",
    "a.query(Query.hashKey(`x`).index(`byUser`)); | [a.byUser QUERY]",
    "a.query(Query.hashKey(`x`).index(`byUser`).first(1)).toList(); a.scan(Scan.all().index(`byRoom`)); "
        + "| [a.byRoom SCAN, a.byUser QUERY]",
    "Query q = Query.hashKey(`x`); if (body.isEmpty()) q = q.index(`byRoom`); a.query(q); "
        + "| [a QUERY, a.byRoom QUERY]",
    "a.query(Query.hashKey(`x`).index(body)); | [a QUERY, a.byRoom QUERY, a.byUser QUERY]",
    "Object q = Query.hashKey(`x`).index(`byUser`); a.query(q); | [a QUERY, a.byUser QUERY]",
    "a.batchGetItem(List.of(key)); b.batchWriteItem(List.of(item), List.of()); "
        + "| [a BATCH_GET_ITEM, b BATCH_WRITE_ITEM]",
    "Table.transactWriteItems(TransactWrite.put(a, item), "
        + "TransactWrite.check(b, key, Attribute.attribute(`x`).exists())); "
        + "| [a PUT_ITEM, b CONDITION_CHECK_ITEM]",
    "Table.transactGetItems(TransactGet.get(a, key), TransactGet.get(b, key)); | [a GET_ITEM, b GET_ITEM]",
    "ws.connection(body); other.url(); | [other URL, ws GET]",
    "ws.sendMessage(body, new Inner(config.value())); | [greeting, ws POST]",
    "secret.value(); | [password]",
    "long x = 1; double y = 2; int z = (int) (x + y); long[] l = {x << z, -x}; a.scan(); | [a SCAN]",
    "item.as(Inner.class).text(); a.toString(); a.equals(b); | []",
    "synchronized (a) { for (int i = 0; i < 3; i++) { do { i++; } while (i < 2); } } b.scan(); | [b SCAN]",
  })
  void everyOperationIsFound(String statements, String expected) {
    assertUses(statements, expected);
  }

  private static void assertUses(String statements, String expected) {
    Inspection inspection = inspect("ws.onMessage((c, body) -> {" + statements.replace('`', '"') + "});");
    HandlerUses handler = of(inspection, "ws/$default");
    assertThat(text(handler)).as("%s", handler.doubts()).isEqualTo(expected);
    assertThat(text(of(inspection, "other/$connect"))).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "ws.onMessage(new Saver(b)); | [b PUT_ITEM]",
    "MessageHandler<String> h = (c, body) -> a.scan(); ws.onMessage((c, body) -> h.handle(c, body)); | [a SCAN]",
    "List<Table> all = List.of(a, b); ws.onMessage((c, body) -> all.get(0).scan()); | [a SCAN, b SCAN]",
    "Map<String, Action> all = Map.of('p', new Put(a)); ws.onMessage((c, body) -> all.get(body).run(body)); "
        + "| [a PUT_ITEM]",
    "Holder h = new Holder(b); ws.onMessage((c, body) -> h.save(item)); | [b PUT_ITEM]",
    "Consumer<Item> save = b::putItem; ws.onMessage((c, body) -> save.accept(item)); | [b PUT_ITEM]",
    "Optional<Table> t = Optional.of(b); ws.onMessage((c, body) -> t.get().scan()); | [b SCAN]",
    "Table[] t = {b}; ws.onMessage((c, body) -> t[0].scan()); | [b SCAN]",
    "field = a; ws.onMessage((c, body) -> own()); | [a DELETE_ITEM]",
    "shared = a; ws.onMessage((c, body) -> shared.scan()); | [a SCAN]",
    "Query q = Query.hashKey('x').index('byUser'); ws.onMessage((c, body) -> a.query(q)); | [a.byUser QUERY]",
    "ws.onMessage(Body.class, (c, body) -> body.inner().forEach(i -> b.putItem(Item.of('id', i.text())))); "
        + "| [b PUT_ITEM]",
    "Comparator<Item> order = Comparator.comparing(i -> i.string('x')); "
        + "ws.onMessage((c, body) -> a.scan().sorted(order).toList()); | [a SCAN]",
  })
  void whatDefineLeftBehindIsItself(String statements, String expected) {
    HandlerUses handler = of(inspect(statements.replace('\'', '"')), "ws/$default");
    assertThat(text(handler)).as("%s", handler.doubts()).isEqualTo(expected);
    assertThat(handler.doubts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "Table.class.getMethod('scan').invoke(a); | java.lang.reflect.Method.invoke",
    "Class.forName(body).getDeclaredConstructor().newInstance(); | java.lang.reflect.Constructor.newInstance",
    "ServiceLoader.load(Runnable.class).forEach(Runnable::run); | java.util.ServiceLoader.load",
  })
  void whatCannotBeKnownIsEverythingWithAReason(String statements, String reason) {
    Inspection inspection = inspect("ws.onMessage((c, body) -> {\n" + statements.replace('\'', '"') + "});");
    HandlerUses handler = of(inspection, "ws/$default");
    assertThat(handler.uses()).hasSize(2 * 11 - 2 + 4 + 2 * 4 + 2 - 2);
    assertThat(handler.doubts()).singleElement().satisfies(doubt -> {
      assertThat(doubt.reason()).contains(reason);
      assertThat(doubt.path()).hasSize(1);
    });
    assertThat(inspection.warnings()).singleElement().asString().contains("Test.java:", reason, "ws/$default");
    assertThat(text(of(inspection, "other/$connect"))).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"body", "`byNobody`"})
  void anIndexThatIsNotKnownIsADoubtThatNamesThoseThatAre(String index) {
    String query = "a.query(Query.hashKey(`x`).index(" + index + "))";
    HandlerUses handler = of(inspect("ws.onMessage((c, body) -> " + query.replace('`', '"') + ");"), "ws/$default");
    assertThat(handler.doubts()).singleElement().satisfies(doubt -> assertThat(doubt.reason()).isEqualTo(
        "it reads an index of table 'a' by a name that is not a constant, or none of its indexes (byUser, byRoom): "
            + "it may be any"));
  }

  private static HandlerUses withAuthenticator(String body) {
    try {
      return of(inspect("""
          java.net.Authenticator.setDefault(new java.net.Authenticator() {
            @Override protected java.net.PasswordAuthentication getPasswordAuthentication() {
              %s
              return null;
            }
          });
          ws.onMessage((c, body) -> a.scan());""".formatted(body)), "ws/$default");
    } finally {
      Authenticator.setDefault(null);
    }
  }

  @Test
  void whatTheProcessMayCallIsOfEveryHandlerWithADoubt() {
    HandlerUses acting = withAuthenticator("b.scan();");
    assertThat(text(acting)).isEqualTo("[a SCAN, b SCAN]");
    assertThat(acting.doubts()).singleElement().satisfies(
        doubt -> assertThat(doubt.granted()).extracting(InspectorTest::text).containsExactly("b SCAN"));
    HandlerUses reflective = withAuthenticator("""
        try { Table.class.getMethod("scan").invoke(b); } catch (ReflectiveOperationException e) { return null; }""");
    assertThat(reflective.uses()).hasSize(2 * 11 - 2 + 4 + 2 * 4 + 2 - 2);
    assertThat(reflective.doubts()).singleElement().asString().contains("Method.invoke");
  }

  @Test
  void everyUseHasTheLinesThatLeadToIt() {
    HandlerUses handler =
        of(inspect("ws.onMessage((c, body) ->\n a.scan()\n.forEach(i ->\n save(b)));"), "ws/$default");
    assertThat(handler.uses().entrySet()).extracting(each -> text(each.getKey()) + lines(each.getValue()))
        .containsExactly("a SCAN[0]", "b PUT_ITEM[1, 2, -17]");
  }

  private static List<Integer> lines(List<dev.pinion.spi.SourceLocation> path) {
    return path.stream().map(each -> each.line() - 41).toList();
  }
}
