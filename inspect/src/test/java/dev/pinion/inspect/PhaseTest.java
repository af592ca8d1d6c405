package dev.pinion.inspect;

import dev.pinion.inspect.Finding.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The warnings about an app whose `define` acts, or whose handlers declare or keep state. `define` begins at line 1.
final class PhaseTest {
  private static final String MEMBERS = """
      Table field;
      static Table shared;
      int count;
      static int RUNS;
      static final Random RANDOM = new Random(1);
      static void declare(Cloud cloud) { cloud.table("x"); }
      static String host() { return System.getenv("HOST"); }
      static final class Late { static final java.time.Instant START = java.time.Instant.now(); }
      @PerInstance static final Map<String, String> CACHE = new HashMap<>();
      @PerInstance static int hits;
      @PerInstance final List<String> last = new ArrayList<>();
      static final class Unused { static final java.time.Instant START = java.time.Instant.now(); }
      """;

  static List<Finding> findings(String statements, String members) {
    String define = "WebSocket ws = cloud.webSocket(\"ws\").create();\n"
        + "Table a = cloud.table(\"a\").hashKey(\"id\", STRING).create();\n" + statements.replace('\'', '"');
    String source = Programs.app("Test", define, MEMBERS + members);
    return Programs.compile(Map.of("Test", source)).inspect("Test").findings();
  }

  private static List<Finding> handling(String statements) {
    return findings("ws.onMessage((c, body) -> {" + statements + "});", "");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "cloud.table('x'); | Cloud.table",
    "cloud.table('x').hashKey('id', STRING).create(); | Cloud.table",
    "ws.onConnect(x -> {}); | WebSocket.onConnect",
    "declare(cloud); | Cloud.table",
    "Runnable r = () -> cloud.secret('x'); r.run(); | Cloud.secret",
  })
  void declaringInAHandlerIsAMistake(String statement, String call) {
    assertThat(handling(statement)).singleElement().satisfies(each -> {
      assertThat(each.kind()).isEqualTo(Kind.MISTAKE);
      assertThat(each.toString()).contains("Test.java:",
          ": error: handler 'ws/$default' calls " + call + ", which declares");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "if (body.isEmpty()) cloud.config('x');",
    "List.of(1).forEach(each -> cloud.config('x'));",
    "Runnable r = body.isEmpty() ? () -> cloud.config('x') : () -> {}; r.run();",
    "try { cloud.config('x'); } finally { a.scan(); }",
    "CompletableFuture.runAsync(() -> cloud.config('x'));",
  })
  void declaringInAHandlerThatMayBeReachedIsAWarning(String statement) {
    assertThat(handling(statement)).singleElement().satisfies(each -> {
      assertThat(each.kind()).isEqualTo(Kind.PHASE);
      assertThat(each.message()).contains("may call Cloud.config");
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "List<String> l = new ArrayList<>(); ws.onMessage((c, body) -> l.add(body)); | an ArrayList that define",
    "Map<String, String> m = new ConcurrentHashMap<>(); "
        + "ws.onMessage((c, body) -> m.merge(body, body, String::concat)); | a ConcurrentHashMap that define",
    "int[] n = {0}; ws.onMessage((c, body) -> n[0]++); | an int[] that define",
    "Object[] n = {0}; ws.onMessage((c, body) -> n[0] = body); | an Object[] that define",
    "var n = new java.util.concurrent.atomic.AtomicInteger(); ws.onMessage((c, body) -> n.incrementAndGet()); "
        + "| an AtomicInteger that define",
    "var n = new java.util.concurrent.atomic.LongAdder(); ws.onMessage((c, body) -> n.increment()); "
        + "| a LongAdder that define",
    "var text = new StringBuilder(); ws.onMessage((c, body) -> text.append(body)); | a StringBuilder that define",
    "var t = new ThreadLocal<String>(); ws.onMessage((c, body) -> t.set(body)); | a ThreadLocal that define",
    "ws.onMessage((c, body) -> field = null); | the field field",
    "ws.onMessage((c, body) -> count++); | the field count",
    "ws.onMessage((c, body) -> RUNS++); | the static field RUNS",
    "Map<String, List<String>> m = new HashMap<>(); m.put('x', new LinkedList<>()); "
        + "ws.onMessage((c, body) -> m.get(body).add('x')); | a LinkedList that define",
    "class Counter { int n; void count() { n++; } } Counter n = new Counter(); "
        + "ws.onMessage((c, body) -> n.count()); | the field n",
  })
  void stateThatIsLostIsWarnedOf(String statements, String what) {
    assertThat(findings(statements, "")).anySatisfy(each -> {
      assertThat(each.kind()).isEqualTo(Kind.PHASE);
      assertThat(each.toString()).contains("Test.java:", "warning: handler 'ws/$default' changes " + what, "a table");
    });
  }

  @Test
  void aLockIsToldToBeOfOneInstance() {
    assertThat(findings("var lock = new java.util.concurrent.locks.ReentrantLock();"
        + "ws.onMessage((c, body) -> { lock.lock(); lock.unlock(); });", ""))
        .singleElement().asString().contains("uses a ReentrantLock", "give the writes conditions");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "java.io.InputStream in = new java.io.PipedInputStream(); ws.onMessage((c, body) -> in.read()); | PipedInputStream",
    "var s = new java.net.Socket(); ws.onMessage((c, body) -> s.isConnected()); | Socket",
    "var s = Optional.of(new Scanner('x')); ws.onMessage((c, body) -> s.get().next()); | Scanner",
  })
  void whatIsOpenIsWarnedOf(String statements, String type) {
    assertThat(findings(statements, "")).anySatisfy(each -> {
      assertThat(each.kind()).isEqualTo(Kind.PHASE);
      assertThat(each.message())
          .contains("handler 'ws/$default' uses a " + type + " that define has opened", "open it in the handler");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "var s = Stream.of(1); ws.onMessage((c, body) -> s.toList());",
    "var s = List.of(1).iterator(); ws.onMessage((c, body) -> s.next());",
  })
  void whatIsGoneThroughOnceIsWarnedOf(String statements) {
    assertThat(findings(statements, "")).anySatisfy(each -> assertThat(each.message()).contains("gone through once"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "List<String> l = List.of('x'); ws.onMessage((c, body) -> l.contains(body));",
    "ws.onMessage((c, body) -> { List<String> l = new ArrayList<>(); l.add(body); int[] n = {0}; n[0]++; });",
    "ws.onMessage((c, body) -> { var all = a.scan().collect(Collectors.toMap(i -> i.string('id'), i -> i)); "
        + "all.clear(); });",
    "var out = System.out; ws.onMessage((c, body) -> out.println(body));",
    "ws.onMessage((c, body) -> { System.getenv('x'); UUID.randomUUID(); java.time.Instant.now(); });",
    "ws.onMessage((c, body) -> host()); ws.onConnect(c -> Late.START.toString());",
    "Map<String, Runnable> later = new HashMap<>(); later.put('x', () -> System.nanoTime()); "
        + "ws.onMessage((c, body) -> later.get(body).run());",
    "String name = 'a-b'.toUpperCase(Locale.ROOT); "
        + "cloud.table(String.format('%s', name)).hashKey('id', STRING).create(); ws.onMessage((c, body) -> {});",
    "for (String each : List.of('x', 'y')) ws.onRoute(each, (c, body) -> RANDOM.nextInt());",
    "Map<String, Table> m = Map.of('x', a, 'y', a); ws.onMessage((c, body) -> m.get(body).scan());",
    "int n = new Random(1).nextInt(); ws.onMessage((c, body) -> {}).memory(128 + Math.abs(n % 8));",
    "HashMap<String, Object> m = new HashMap<>(); m.put('x', 1); "
        + "m.keySet().forEach(each -> ws.onRoute(each, (c, b) -> {}));",
    "ThreadLocal<UUID> ids = ThreadLocal.withInitial(() -> UUID.randomUUID()); ws.onMessage((c, body) -> ids.get());",
    "Function<String, String> f = Function.<String>identity().andThen(s -> s + System.nanoTime()); "
        + "ws.onMessage((c, body) -> f.apply(body));",
    "ws.onMessage((c, body) -> { CACHE.put(body, body); hits++; last.add(body); });",
  })
  void nothingIsToldOfWhatIsInOrder(String statements) {
    assertThat(findings(statements, "")).filteredOn(each -> each.kind() != Kind.PERMISSION).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "long t = System.currentTimeMillis(); | System.currentTimeMillis | read it in a handler",
    "var t = java.time.Instant.now(); | Instant.now | the clock",
    "var t = java.time.LocalDate.now(java.time.Clock.systemUTC()); | LocalDate.now | the clock",
    "new Date(); | new Date | the clock",
    "Math.random(); | Math.random | make random values in a handler",
    "new Random().nextInt(); | new Random | snapshot",
    "Supplier<UUID> s = UUID::randomUUID; s.get(); | UUID.randomUUID | write ids",
    "Optional.of(1).map(x -> ThreadLocalRandom.current().nextInt()); | ThreadLocalRandom.current | write ids",
    "new java.security.SecureRandom().nextInt(); | SecureRandom.nextInt | write ids",
    "System.getenv('X'); | System.getenv | declare cloud.config('name') or cloud.secret('name')",
    "System.getProperty('X'); | System.getProperty | cloud.config",
    "Integer.getInteger('X'); | Integer.getInteger | cloud.config",
    "Locale.getDefault(); | Locale.getDefault | cloud.config",
    "Runtime.getRuntime().availableProcessors(); | Runtime.availableProcessors | function instance",
    "ProcessHandle.current().pid(); | ProcessHandle.current | function instance",
    "java.nio.file.Files.exists(java.nio.file.Path.of('x')); | Files.exists | getResourceAsStream",
    "Executors.newSingleThreadExecutor().submit(() -> 1); | ExecutorService.submit | in a handler",
    "new java.io.File('x').exists(); | File.exists | getResourceAsStream",
    "java.net.http.HttpClient.newHttpClient().sendAsync(null, null).isDone(); | HttpClient.sendAsync | in a handler",
  })
  void whatDefineLooksAtIsWarnedOf(String statements, String call, String advice) {
    assertThat(findings("try { " + statements + " } catch (RuntimeException e) {}", "")).anySatisfy(each -> {
      assertThat(each.kind()).isEqualTo(Kind.PHASE);
      assertThat(each.message()).startsWith("define calls " + call)
          .contains(advice.replace('\'', '"'));
    });
  }

  @Test
  void aClassThatOnlyHandlersUseIsNotInitializedWhereThatWouldShow(@TempDir Path folder) {
    String file = "java.nio.file.Path.of('" + folder.resolve("open") + "')";
    String define = "WebSocket ws = cloud.webSocket('ws').create();"
        + "Table a = cloud.table('a').hashKey('id', STRING).create(); Opened.before = a;"
        + "ws.onMessage((c, body) -> { Late.table = a; Late.both.get(0).scan(); Late.table.scan();"
        + " Opened.before.scan(); });";
    String members = "static final class Late { static Table table; static final List<Table> both = new ArrayList<>();"
        + "static { try { java.nio.file.Files.createFile(" + file + "); } catch (java.io.IOException e) {} } }"
        + "static final class Opened { static Table before; static { new java.io.File('x').exists(); } }";
    Programs.Loader program = Programs.compile(
        Map.of("Test", Programs.app("Test", define.replace('\'', '"'), members.replace('\'', '"'))));
    Inspection inspection = program.inspect("Test");
    assertThat(folder).isEmptyDirectory();
    assertThat(inspection.handlers().getFirst().uses().keySet().stream().map(InspectorTest::text).toList())
        .containsExactly("a SCAN");
    assertThat(inspection.handlers().getFirst().doubts()).isEmpty();
  }

  @Test
  void whatStaticsAndConstructorsThatDefineReachesLookAtIsWarnedOf() {
    List<Finding> found = findings("String name = Late.START + host();",
        "final long start = System.nanoTime(); static final long PID = ProcessHandle.current().pid();");
    assertThat(found).extracting(Finding::message).satisfiesExactlyInAnyOrder(
        each -> assertThat(each).contains("ProcessHandle.current"),
        each -> assertThat(each).contains("System.nanoTime"),
        each -> assertThat(each).matches("define calls Instant.now \\(Test.java:\\d+ > Test.java:\\d+\\), .*"),
        each -> assertThat(each).matches("define calls System.getenv \\(Test.java:\\d+ > Test.java:\\d+\\), .*"));
  }
}
