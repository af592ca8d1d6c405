package dev.pinion.inspect;

import java.util.List;
import java.util.Random;

/// The source of an app whose handlers use random resources through random shapes of code.
final class RandomProgram {
  private static final String MEMBERS = """
      private static final Random RANDOM = new Random(1);
      private static final Map<String, Table> STATIC = new HashMap<>();
      private final List<Runnable> runnables = new ArrayList<>();
      private Table field;
      private Box<Table> boxed;

      record Box<T>(T value) {
        <R> Box<R> map(Function<? super T, ? extends R> f) { return new Box<>(f.apply(value)); }
      }
      record Pair(Table one, Table two) {
        Table any() { return RANDOM.nextBoolean() ? one : two; }
      }
      sealed interface Shape {}
      record One(Table table) implements Shape {}
      record Two(Box<Table> table) implements Shape {}
      static abstract class Base {
        abstract Object act();
        Object twice() { act(); return act(); }
      }
      static final class Acting extends Base implements Runnable, Comparable<Acting> {
        private final Table table;
        Acting(Table table) { this.table = table; }
        @Override Object act() { return table.scan().toList(); }
        @Override public void run() { table.getItem(Key.of("id", "1")); }
        @Override public int compareTo(Acting other) { table.query("x").toList(); return 0; }
        @Override public String toString() { table.batchGetItem(List.of(Key.of("id", "1"))); return "x"; }
      }
      static final class Failure extends RuntimeException {
        final Table table;
        Failure(Table table) { this.table = table; }
      }
      interface Visitor { void visit(Table table); }
      static <T> T same(T value) { return value; }
      static <T> T pick(T one, T two) { return RANDOM.nextBoolean() ? one : two; }
      static Table unfold(int n, Table one, Table two) { return n == 0 ? one : unfold(n - 1, two, one); }
      static void each(Collection<Table> tables, Visitor visitor) { for (Table each : tables) visitor.visit(each); }
      static abstract class Repository<V> {
        final Table table;
        Repository(Table table) { this.table = table; }
        abstract Item item(V value);
        void save(V value) { table.putItem(item(value)); }
      }
      static class Texts extends Repository<String> {
        Texts(Table table) { super(table); }
        @Override Item item(String value) { return Item.of("id", value); }
      }
      static final class Logged extends Texts {
        final Table log;
        Logged(Table table, Table log) { super(table); this.log = log; }
        @Override void save(String value) { super.save(value); log.deleteItem(Key.of("id", value)); }
      }
      interface Named {
        Table table();
        default void drop(String id) { table().deleteItem(Key.of("id", id)); }
      }
      enum Ops implements BiConsumer<Table, Key> {
        GET { @Override public void accept(Table t, Key k) { t.getItem(k); } },
        DROP { @Override public void accept(Table t, Key k) { t.deleteItem(k); } };
        Table kept;
      }
      final class Inner {
        final Table mine;
        Inner(Table mine) { this.mine = mine; }
        class Deep { Table both() { return RANDOM.nextBoolean() ? mine : field; } }
        Supplier<Table> later() { return new Deep()::both; }
      }
      static final class Closer implements AutoCloseable {
        final Table table;
        Closer(Table table) { this.table = table; }
        @Override public void close() { table.scan().toList(); }
      }
      static final class Rows implements Iterable<String> {
        final Table table;
        Rows(Table table) { this.table = table; }
        @Override public Iterator<String> iterator() { return table.scan().map(row -> row.string("id")).iterator(); }
      }
      static final ThreadLocal<Table> LOCAL = new ThreadLocal<>();
      static Table first(Table... tables) { return tables[0]; }
      static void even(int n, Runnable runnable) { if (n > 0) odd(n - 1, runnable); else runnable.run(); }
      static void odd(int n, Runnable runnable) { if (n > 0) even(n - 1, runnable); else runnable.run(); }
      static void twice(Runnable runnable) { runnable.run(); runnable.run(); }
      static Table table(Shape shape) {
        return switch (shape) { case One(Table t) -> t; case Two(Box<Table>(Table t)) -> t; };
      }
      """;
  private static final String RESOURCES =
      """
          Table a = cloud.table("a").hashKey("id", STRING).attribute("u", STRING)
          .index("byI", "u").index("byJ", "u").create();
          Table b = cloud.table("b").hashKey("id", STRING).attribute("u", STRING)
          .index("byI", "u").index("byJ", "u").create();
          Table c = cloud.table("c").hashKey("id", STRING).attribute("u", STRING)
          .index("byI", "u").index("byJ", "u").create();
          WebSocket ws = cloud.webSocket("ws").create();
          WebSocket other = cloud.webSocket("other").create();
          Config config = cloud.config("greeting");
          Secret secret = cloud.secret("password");
          Item item = Item.of("id", "1");
          Key key = Key.of("id", "1");
          """;
  private static final List<String> TABLES = List.of(
      "same(T)",
      "pick(T, T)",
      "unfold(3, T, T)",
      "new Box<Table>(T).value()",
      "new Box<Table>(T).map(t -> t).value()",
      "new Pair(T, T).any()",
      "List.of(T, T).get(RANDOM.nextInt(2))",
      "Map.of(\"k\", T).get(\"k\")",
      "Optional.of(T).orElseThrow()",
      "((Supplier<Table>) () -> T).get()",
      "new Table[] {T, T}[RANDOM.nextInt(2)]",
      "Stream.of(T, T).skip(RANDOM.nextInt(2)).findFirst().get()",
      "new ArrayList<>(List.of(T)).iterator().next()",
      "new AtomicReference<>(T).get()",
      "table(new One(T))",
      "table(new Two(new Box<>(T)))",
      "new HashMap<>(Map.of(\"k\", T)).entrySet().iterator().next().getValue()",
      "CompletableFuture.completedFuture(T).thenApply(t -> t).join()",
      "((Function<Table, Table>) t -> t).andThen(t -> t).apply(T)",
      "((Table) new Object[] {T}[0])",
      "Collections.synchronizedList(new LinkedList<>(List.of(T))).get(0)",
      "(field = T)",
      "(boxed = new Box<>(T)).value()",
      "first(T, T)",
      "new Inner(T).later().get()",
      "((Named) () -> T).table()",
      "new Logged(T, T).table",
      "Stream.of(T, T).gather(Gatherers.windowFixed(2)).toList().get(0).get(1)",
      "CompletableFuture.supplyAsync(() -> T).thenCompose(t -> CompletableFuture.completedFuture(t)).join()",
      "new Table[][] {{T}, {T}}[RANDOM.nextInt(2)][0]",
      "Arrays.copyOf(new Table[] {T}, 2)[0]",
      "List.of(T).toArray(Table[]::new)[0]",
      "Stream.of(1).collect(Collector.of(() -> new ArrayList<Table>(), (l, n) -> l.add(T), (l, r) -> l)).get(0)",
      "Optional.<Table>empty().or(() -> Optional.of(T)).get()",
      "new EnumMap<Ops, Table>(Map.of(Ops.GET, T)).get(Ops.GET)",
      "((Supplier<Supplier<Table>>) () -> () -> T).get().get()",
      "new ConcurrentSkipListMap<>(Map.of(\"k\", T)).firstEntry().getValue()");
  private static final List<String> ACTS = List.of(
      "T.putItem(item);",
      "T.getItem(key);",
      "T.deleteItem(key);",
      "T.updateItem(key, Attribute.attribute(\"x\").set(1));",
      "T.scan().toList();",
      "T.query(\"x\").toList();",
      "T.query(Query.hashKey(\"x\").index(\"byI\").first(3)).toList();",
      "T.query(RANDOM.nextBoolean() ? Query.hashKey(\"x\") : Query.hashKey(\"y\").index(\"byJ\")).toList();",
      "T.scan(Scan.all().index(\"byI\")).toList();",
      "T.batchGetItem(List.of(key));",
      "T.batchWriteItem(List.of(item), List.of());",
      "Table.transactGetItems(TransactGet.get(T, key));",
      "Table.transactWriteItems(TransactWrite.put(T, item), TransactWrite.delete(T, key));",
      "W.sendMessage(\"x\", \"y\");",
      "W.disconnect(\"x\");",
      "W.connection(\"x\");",
      "W.url();",
      "W.broadcast(T.scan().map(row -> row.string(\"id\")), \"x\");",
      "config.value();",
      "secret.value();");
  private static final List<String> SHAPES = List.of(
      "if (RANDOM.nextBoolean()) { S } else { S }",
      "for (int n0 = 0; n0 < 2; n0++) { S }",
      "twice(() -> { S });",
      "List.of(\"x\").forEach(x0 -> { S });",
      "try { throw new Failure(T); } catch (Failure e0) { e0.table.putItem(item); S }",
      "try { twice(() -> { throw new Failure(T); }); } catch (RuntimeException e0) {"
          + " if (e0 instanceof Failure f0) f0.table.deleteItem(key); } finally { S }",
      "each(List.of(T, T), t0 -> { t0.getItem(key); S });",
      "new Acting(T).twice();",
      "Base base0 = new Acting(T); base0.act(); String.valueOf((Object) base0);",
      "new TreeSet<>(List.of(new Acting(T), new Acting(T)));",
      "String text0 = \"x\" + new Acting(T);",
      "Function<Table, Stream<Item>> f0 = Table::scan; f0.apply(T).toList();",
      "BiFunction<String, String, Boolean> f0 = W::sendMessage; f0.apply(\"x\", \"y\");",
      "Function<Table, Acting> f0 = Acting::new; f0.apply(T).run();",
      "List<Runnable> all0 = new ArrayList<>(); all0.add(() -> { S }); all0.forEach(Runnable::run);",
      "STATIC.put(\"x\", T); STATIC.get(\"x\").scan().toList();",
      "CompletableFuture.runAsync(() -> { S }).join();",
      "switch (RANDOM.nextInt(3)) { case 0 -> { S } case 1 -> { S } default -> {} }",
      "new HashMap<String, String>().computeIfAbsent(\"x\", k0 -> { S return \"y\"; });",
      "Runnable r0 = new Runnable() { @Override public void run() { S } }; r0.run();",
      "class Local0 { void act() { S } } new Local0().act();",
      "Object o0 = pick(T, W); switch (o0) { case Table t0 -> t0.getItem(key);"
          + " case WebSocket w0 -> w0.url(); default -> {} }",
      "synchronized (key) { S }",
      "new Logged(T, T).save(\"x\");",
      "Repository<String> all0 = RANDOM.nextBoolean() ? new Texts(T) : new Logged(T, T); all0.save(\"x\");",
      "Named t0 = () -> T; t0.drop(\"x\");",
      "Ops.valueOf(RANDOM.nextBoolean() ? \"GET\" : \"DROP\").accept(T, key);",
      "for (Ops o0 : Ops.values()) o0.accept(T, key);",
      "Ops.GET.kept = T; for (Ops o0 : Ops.values()) if (o0.kept != null) o0.kept.getItem(key);",
      "try (Closer x0 = new Closer(T)) { S }",
      "for (String x0 : new Rows(T)) { S }",
      "W.broadcast(new Rows(T), String.join(\",\", new Rows(T)));",
      "LOCAL.set(T); LOCAL.get().getItem(key);",
      "even(RANDOM.nextInt(3), () -> { S });",
      "Runnable r0 = RANDOM.nextBoolean() ? () -> { S } : T::scan; r0.run();",
      "Runnable r0 = switch (RANDOM.nextInt(2)) { case 0 -> T::scan; default -> () -> { S }; }; r0.run();",
      "Stream.of(\"x\").<String>mapMulti((x0, w0) -> { S w0.accept(x0); }).toList();",
      "Stream.of(\"x\").map(W::connection).flatMap(Optional::stream).toList();",
      "Optional.of(\"x\").map(W::disconnect).ifPresent(x0 -> { S });",
      "Function<Table, Function<Key, Optional<Item>>> f0 = t0 -> t0::getItem; f0.apply(T).apply(key);",
      "try (var x0 = Executors.newVirtualThreadPerTaskExecutor()) { x0.submit(() -> { S }); }",
      "switch (\"x\" + RANDOM.nextInt(2)) { case \"x0\": S case \"x1\": S break; default: S }",
      "int n0 = 0; while (true) { if (n0++ > 1) break; S }",
      "Object o0 = new One(T); if (o0 instanceof One(Table t0) && RANDOM.nextBoolean()) t0.deleteItem(key);",
      "new AbstractList<Table>() { public Table get(int n) { return T; } public int size() { return 1; } }"
          + ".forEach(t0 -> t0.getItem(key));",
      "Iterator<Table> all0 = new Iterator<>() { int n; public boolean hasNext() { return n < 1; }"
          + " public Table next() { n++; S return T; } }; while (all0.hasNext()) all0.next().getItem(key);");

  private final Random random;
  private int names;

  private RandomProgram(long seed) {
    random = new Random(seed);
  }

  static String of(String name, long seed) {
    RandomProgram program = new RandomProgram(seed);
    StringBuilder define = new StringBuilder(RESOURCES);
    define.append("field = a; boxed = new Box<>(").append(program.table(1)).append(");\n");
    define.append("Runnable kept = () -> { ").append(program.statement(1)).append(" };\n");
    for (int i = 0; i < 3; i++) {
      define.append("ws.onRoute(\"r").append(i).append("\", (con, body) -> {\n");
      for (int n = program.random.nextInt(3); n >= 0; n--) define.append(program.statement(2)).append('\n');
      if (program.random.nextInt(4) == 0) define.append("kept.run();\n");
      if (program.random.nextInt(4) == 0) define.append("field.getItem(key); boxed.value().scan().toList();\n");
      define.append("});\n");
    }
    return "import java.util.concurrent.atomic.*;\n" + Programs.app(name, define.toString(), MEMBERS);
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String table(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) return one(List.of("a", "b", "c"));
    return filled(one(TABLES), depth - 1);
  }

  private String statement(int depth) {
    String name = Integer.toString(++names) + "_";
    return depth == 0 || random.nextInt(3) == 0
        ? filled(one(ACTS), 1)
        : filled(one(SHAPES).replaceAll("\\b(n|x|e|f|t|base|text|r|k|Local|o|w|all)0\\b", "$1" + name), depth - 1);
  }

  /// A shape with other code in its gaps: T is a table, W a WebSocket, S statements.
  private String filled(String shape, int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shape.length(); i++) {
      char each = shape.charAt(i);
      boolean gap = (i == 0 || !Character.isJavaIdentifierPart(shape.charAt(i - 1)))
          && (i + 1 == shape.length() || !Character.isJavaIdentifierPart(shape.charAt(i + 1)));
      if (gap && each == 'T' && isValue(shape, i)) text.append(table(depth));
      else if (gap && each == 'W') text.append(one(List.of("ws", "other")));
      else if (gap && each == 'S') text.append(statement(depth));
      else text.append(each);
    }
    return text.toString();
  }

  private static boolean isValue(String shape, int at) {
    return at == 0 || shape.charAt(at - 1) != '<';
  }
}
