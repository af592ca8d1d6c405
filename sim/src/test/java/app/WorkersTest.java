package app;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Cloud;
import dev.pinion.ForbiddenException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.sim.Endpoint;
import dev.pinion.sim.Simulator;
import dev.pinion.sim.SimulatorBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.Cleaner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads of the app's own that take work of several handlers from a queue. */
@Timeout(60)
class WorkersTest {
  @TempDir private Path data = Path.of("set by JUnit");

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  /** A thread that runs what it is given, started when it is first used. */
  static final class Worker {
    private final BlockingQueue<RunnableFuture<String>> tasks = new LinkedBlockingQueue<>();
    private final Consumer<Runnable> threads;
    private boolean started;

    Worker(Consumer<Runnable> threads) {
      this.threads = threads;
    }

    synchronized Worker start() {
      if (!started) threads.accept(this::work);
      started = true;
      return this;
    }

    private void work() {
      try {
        while (true) tasks.take().run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    String run(Callable<String> task) throws Exception {
      FutureTask<String> future = new FutureTask<>(task);
      start();
      tasks.put(future);
      return future.get();
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

  /** Starts a thread that inherits nothing of the one that starts it. */
  private static void alone(Runnable task) {
    Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).start(task);
  }

  /** Runs a task where the JDK completes futures late. */
  private static void delayed(Runnable task) {
    CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run).execute(task);
  }

  /** Runs a task in a thread that cleans up after objects. */
  private static void cleaned(Runnable task) {
    CountDownLatch started = new CountDownLatch(1);
    Cleaner.create().register(new Object(), () -> {
      started.countDown();
      task.run();
    });
    try {
      do
        System.gc();
      while (!started.await(10, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static final class Works implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
      Table others = cloud.table("others").hashKey("id", AttributeType.STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      works(ws, rows, others, "plain", new Worker(task -> Thread.ofPlatform().daemon().start(task)));
      works(ws, rows, others, "virtual", new Worker(Thread::startVirtualThread));
      Worker early = new Worker(task -> Thread.ofPlatform().daemon().start(task)).start();
      works(ws, rows, others, "early", early);
      works(ws, rows, others, "alone", new Worker(WorkersTest::alone));
      helps(ws, others);
      nobody(ws, rows, "alone", WorkersTest::alone);
      nobody(ws, rows, "late", WorkersTest::delayed);
      nobody(ws, rows, "cleaner", WorkersTest::cleaned);
      ws.onRequest("early-nobody", (c, body) -> early.run(() -> attempt(() -> rows.deleteItem(Key.of("id", "1")))))
          .only(ws, "POST");
    }

    /** A handler that may only send. */
    private static void nobody(WebSocket ws, Table rows, String name, Consumer<Runnable> threads) {
      ws.onRequest(name + "-nobody", (c, body) -> {
        FutureTask<String> task = new FutureTask<>(() -> attempt(() -> rows.deleteItem(Key.of("id", "1"))));
        threads.accept(task);
        return task.get();
      }).only(ws, "POST");
    }

    private static void helps(WebSocket ws, Table others) {
      BlockingQueue<Runnable> handed = new LinkedBlockingQueue<>();
      ws.onRequest("help", (c, body) -> {
        Runnable task = handed.take();
        ForkJoinTask.adapt(task).invoke();
        return "helped";
      });
      ws.onRequest("helped", (c, body) -> {
        FutureTask<String> task = new FutureTask<>(() -> attempt(() -> others.scan().forEach(row -> {})));
        handed.put(() -> task.run());
        return task.get();
      });
    }

    private static void works(WebSocket ws, Table rows, Table others, String name, Worker worker) {
      ws.onRequest(name, (c, body) -> worker.run(() -> attempt(() -> rows.putItem(Item.of("id", "1")))));
      ws.onRequest(name + "-other", (c, body) -> worker.run(() -> attempt(() -> others.scan().forEach(row -> {}))));
    }
  }

  private SimulatorBuilder works() {
    return Simulator.of(new Works()).port(0).data(data).log(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private Simulator simulator() throws Exception {
    return works().start();
  }

  private static String ask(Simulator simulator, String route) throws Exception {
    Client client = new Client(simulator.endpoints().getFirst());
    client.send("{\"action\":\"" + route + "\"}");
    return client.next();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "virtual", "early"})
  void aThreadThatOneHandlerStartedRunsTheWorkOfAnother(String worker) throws Exception {
    try (Simulator simulator = simulator()) {
      assertThat(ask(simulator, worker)).isEqualTo("done");
      assertThat(ask(simulator, worker + "-other")).isEqualTo("done");
      assertThat(ask(simulator, worker)).isEqualTo("done");
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("refused");
  }

  @Test
  void aThreadThatWaitsForAPoolRunsTheWorkOfAnother() throws Exception {
    try (Simulator simulator = simulator()) {
      Client helper = new Client(simulator.endpoints().getFirst());
      helper.send("{\"action\":\"help\"}");
      assertThat(ask(simulator, "helped")).isEqualTo("done");
      assertThat(helper.next()).isEqualTo("helped");
    }
  }

  @Test
  void aThreadThatDefineStartedIsRefusedWhatNoRoleAllows() throws Exception {
    try (Simulator simulator = simulator()) {
      assertThat(ask(simulator, "early-nobody"))
          .startsWith("refused: a thread of no known handler is not authorized to perform: dynamodb:DeleteItem");
    }
  }

  @Test
  void aThreadThatInheritsNothingMayBeATests() throws Exception {
    try (Simulator simulator = simulator()) {
      assertThat(ask(simulator, "alone-nobody")).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"late", "cleaner"})
  void aThreadOfTheJdkIsRefusedWhatNoRoleAllowsInTestsToo(String worker) throws Exception {
    try (Simulator simulator = simulator()) {
      assertThat(ask(simulator, worker + "-nobody")).startsWith("refused: a thread of no known handler");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"alone", "late", "cleaner"})
  void aThreadThatInheritsNothingIsRefusedWhatNoRoleAllowsWhereOnlyTheAppActs(String worker) throws Exception {
    try (Simulator simulator = works().onlyAppActs().start()) {
      assertThat(ask(simulator, worker + "-nobody"))
          .startsWith("refused: a thread of no known handler is not authorized to perform: dynamodb:DeleteItem");
    }
  }

  @Test
  void aThreadThatInheritsNothingMayDoWhatAnyRoleAllows() throws Exception {
    try (Simulator simulator = works().onlyAppActs().start()) {
      assertThat(ask(simulator, "alone")).isEqualTo("done");
      assertThat(ask(simulator, "alone-other")).isEqualTo("done");
    }
    assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("no handler is known to have started")
        .doesNotContain("refused");
  }

  @Test
  void whatAThreadThatInheritsNothingDidBeforeTheInspectionIsCheckedAfterwards() throws Exception {
    try (Simulator simulator = works().inspectedLater().onlyAppActs().start()) {
      assertThat(ask(simulator, "alone-nobody")).isEqualTo("done");
      simulator.inspect();
      assertThat(simulator.refusals()).anyMatch(each -> each.contains("DeleteItem on table 'rows'"));
    }
  }

  @Test
  void whoeverStartsTheAppReachesItsTablesBesideIt() throws Exception {
    try (Simulator simulator = works().onlyAppActs().start()) {
      Endpoint at = simulator.endpoints().getFirst();
      HttpRequest request = HttpRequest.newBuilder(URI.create(at.page()))
          .header("X-Amz-Target", "DynamoDB_20120810.DeleteItem").header("Content-Type", "application/x-amz-json-1.0")
          .header("Authorization", "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, "
              + "SignedHeaders=host, Signature=any")
          .POST(HttpRequest.BodyPublishers.ofString("{\"TableName\":\"rows\",\"Key\":{\"id\":{\"S\":\"1\"}}}")).build();
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
      assertThat(simulator.refusals()).isEmpty();
    }
  }
}
