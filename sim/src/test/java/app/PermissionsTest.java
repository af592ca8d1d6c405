package app;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Cloud;
import dev.pinion.ForbiddenException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Scan;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.TransactWrite;
import dev.pinion.WebSocket;
import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Use;
import dev.pinion.sim.PermissionMode;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.RouteModel;
import dev.pinion.spi.RowOperation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Operations are checked against the role of the handler that performs them, in whatever thread that is. */
@Timeout(60)
class PermissionsTest {
  /** The line of the app's own scan. */
  private static final String SCAN = "PermissionsTest.java:59: ";

  @TempDir private Path data = Path.of("set by JUnit");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /** Routes that answer whether their operation was executed. */
  static final class Workshop implements App {
    private static String scan(Table rows) {
      try {
        return "done " + rows.scan().count();
      } catch (ForbiddenException e) {
        return "refused";
      }
    }

    private static String attempt(Runnable operation) {
      try {
        operation.run();
        return "done";
      } catch (ForbiddenException e) {
        return "refused: " + e.getMessage();
      }
    }

    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).attribute("room", AttributeType.STRING)
          .index("byRoom", "room").create();
      Secret key = cloud.secret("key");
      WebSocket ws = cloud.webSocket("ws").create();
      threads(ws, rows);
      ws.onRequest("allowed", (c, body) -> scan(rows) + attempt(() -> rows.putItem(Item.of("id", body))));
      ws.onRequest("added", (c, body) -> scan(rows)).only(rows, "dynamodb:GetItem").allow(rows, "dynamodb:Scan");
      ws.onRequest("index", (c, body) -> attempt(() -> rows.scan(Scan.all().index("byRoom")).forEach(row -> {})))
          .only(rows, "dynamodb:GetItem");
      ws.onRequest("transaction", (c, body) -> attempt(() -> Table.transactWriteItems(
          TransactWrite.put(rows, Item.of("id", "1")), TransactWrite.delete(rows, Key.of("id", "2")))))
          .only(rows, "dynamodb:PutItem");
      ws.onRequest("batch", (c, body) -> attempt(() -> rows.batchGetItem(List.of(Key.of("id", "1")))))
          .only(rows, "dynamodb:GetItem");
      ws.onRequest("get", (c, body) -> attempt(() -> ws.connection(c.id()))).only(ws, "POST");
      ws.onRequest("disconnect", (c, body) -> attempt(() -> ws.disconnect(c.id()))).only(ws, "POST");
      ws.onRequest("post", (c, body) -> attempt(() -> ws.sendMessage(c.id(), body))).only(ws, "GET");
      ws.onRequest("broadcast", (c, body) -> ws.broadcast(List.of(c.id()), body).failed().values().toString())
          .only(ws, "GET");
      ws.onRequest("secret", (c, body) -> attempt(key::value)).only(ws, "GET");
    }

    private static void threads(WebSocket ws, Table rows) {
      ws.onRequest("own", (c, body) -> scan(rows)).only(rows, "dynamodb:GetItem");
      ws.onRequest("thread", (c, body) -> {
        FutureTask<String> task = new FutureTask<>(() -> scan(rows));
        new Thread(() -> task.run()).start();
        return task.get();
      }).only(rows, "dynamodb:GetItem");
      ws.onRequest("virtual", (c, body) -> {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          return threads.submit(() -> scan(rows)).get();
        }
      }).only(rows, "dynamodb:GetItem");
      ws.onRequest("pool", (c, body) -> {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
          return pool.submit(() -> scan(rows)).get();
        }
      }).only(rows, "dynamodb:GetItem");
      ws.onRequest("future", (c, body) -> CompletableFuture.supplyAsync(() -> scan(rows)).get())
          .only(rows, "dynamodb:GetItem");
      ws.onRequest("stream", (c, body) -> IntStream.range(0, 64).parallel().mapToObj(each -> scan(rows)).distinct()
          .sorted().reduce("", String::concat)).only(rows, "dynamodb:GetItem");
      ws.onRequest("nobody", (c, body) -> CompletableFuture.supplyAsync(
          () -> attempt(() -> rows.deleteItem(Key.of("id", "1")))).get()).only(rows, "dynamodb:GetItem");
    }
  }

  private SimulatorBuilder simulator() {
    return Simulator.of(new Workshop()).port(0).data(data).environment(Map.of("KEY", "value"))
        .log(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8).replaceAll("(?m)(: (error|warning): )[0-9:.]{12} ", "$1");
  }

  private static String ask(Simulator simulator, String route) throws Exception {
    Client client = new Client(simulator.endpoints().getFirst());
    client.send("{\"action\":\"" + route + "\"}");
    return client.next();
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "thread", "virtual"})
  void whatOnlyExcludesIsRefusedInTheThreadsOfTheHandler(String route) throws Exception {
    try (Simulator simulator = simulator().start()) {
      assertThat(ask(simulator, route)).isEqualTo("refused");
      assertThat(ask(simulator, route)).isEqualTo("refused");
    }
    assertThat(logged()).containsOnlyOnce(SCAN + "error: dynamodb:Scan on table 'rows' by handler 'ws/" + route
        + "' was refused, as AWS refuses it: the handler's only excludes it. Add it to an only of the handler"
        + " (PermissionsTest.java:").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "future"})
  void threadsOfPoolsAreCheckedAgainstAllRoles(String route) throws Exception {
    try (Simulator simulator = simulator().start()) {
      assertThat(ask(simulator, route)).isEqualTo("done 0");
      assertThat(ask(simulator, "nobody")).startsWith("refused: a thread of no known handler is not authorized to");
    }
    assertThat(logged()).containsOnlyOnce("it is not known for which handler")
        .contains("dynamodb:DeleteItem on table 'rows' by a thread of no known handler was refused")
        .contains("no handler's role has it");
  }

  @Test
  void aParallelStreamIsTheHandlersOnItsOwnThread() throws Exception {
    try (Simulator simulator = simulator().start()) {
      assertThat(ask(simulator, "stream")).endsWith("refused");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "allowed | done 0done",
    "added | done 0",
    "index | refused: handler 'ws/index' is not authorized to perform: dynamodb:Scan on resource: index 'byRoom' of",
    "transaction | refused: handler 'ws/transaction' is not authorized to perform: dynamodb:DeleteItem on resource:",
    "batch | refused: handler 'ws/batch' is not authorized to perform: dynamodb:BatchGetItem on resource: table 'rows'",
    "get | refused: handler 'ws/get' is not authorized to perform: GET on resource: webSocket 'ws'",
    "disconnect | refused: handler 'ws/disconnect' is not authorized to perform: DELETE on resource: webSocket 'ws'",
    "post | refused: handler 'ws/post' is not authorized to perform: POST on resource: webSocket 'ws'",
    "broadcast | [dev.pinion.ForbiddenException: handler 'ws/broadcast' is not authorized to perform: POST on",
    "secret | refused: handler 'ws/secret' is not authorized to perform: reading on resource: value 'key'"
  })
  void eachOperationIsChecked(String route, String answer) throws Exception {
    try (Simulator simulator = simulator().start()) {
      assertThat(ask(simulator, route)).startsWith(answer);
    }
    assertThat(logged().isEmpty()).isEqualTo(!answer.contains("not authorized"));
  }

  @Test
  void warningExecutesAndOffIsSilent() throws Exception {
    try (Simulator simulator = simulator().permissions(PermissionMode.WARN).start()) {
      assertThat(ask(simulator, "own")).isEqualTo("done 0");
    }
    assertThat(logged()).startsWith(SCAN + "warning: ").contains("would be refused on AWS").hasLineCount(1);
    log.reset();
    try (Simulator simulator = simulator().permissions(PermissionMode.OFF).start()) {
      assertThat(ask(simulator, "own")).isEqualTo("done 0");
    }
    assertThat(logged()).isEmpty();
  }

  @Test
  void whatIsDoneBeforeTheInspectionIsCheckedAfterwards() throws Exception {
    try (Simulator simulator = simulator().inspectedLater().start()) {
      assertThat(ask(simulator, "own")).isEqualTo("done 0");
      assertThat(ask(simulator, "added")).isEqualTo("done 0");
      assertThat(logged()).isEmpty();
      simulator.inspected(derived(simulator, "own", new Use.Connections("ws", ConnectionOperation.POST)));
      assertThat(logged()).startsWith(SCAN + "warning: dynamodb:Scan on table 'rows' by handler 'ws/own' was executed,"
          + " as the inspection of the app was not done yet, but would be refused on AWS: Pinion did not derive it")
          .hasLineCount(1);
      assertThat(ask(simulator, "own")).isEqualTo("refused");
    }
  }

  @Test
  void anOperationThatWasNotDerivedIsReportedAsABug() throws Exception {
    try (Simulator simulator = simulator().inspectedLater().start()) {
      simulator.inspected(derived(simulator, "own", new Use.Rows("rows", RowOperation.GET_ITEM, Optional.empty())));
      assertThat(ask(simulator, "own")).isEqualTo("refused");
      assertThat(logged()).startsWith(SCAN + "error: dynamodb:Scan on table 'rows' by handler 'ws/own' was refused")
          .contains("Pinion did not derive it", "this is a bug in Pinion", ".allow(table, \"dynamodb:Scan\") with table"
              + " 'rows' to the handler (PermissionsTest.java:");
      assertThat(ask(simulator, "added")).isEqualTo("done 0");
      assertThat(logged()).contains("by handler 'ws/added' is in the role only because of its allow")
          .hasLineCount(2);
    }
  }

  /** An inspection that derives one use for one route, and nothing for the others. */
  private static Inspection derived(Simulator simulator, String route, Use use) {
    List<RouteModel> routes = simulator.model().webSockets().getFirst().routes();
    return new Inspection(
        routes.stream()
            .map(each -> new HandlerUses(
                each.path(), each.location(), each.key().equals(route) ? Map.of(use, List.of()) : Map.of(), Set.of(),
                List.of()))
            .toList(),
        List.of());
  }
}
