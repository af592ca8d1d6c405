package app;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Cloud;
import dev.pinion.ForbiddenException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.sim.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
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
      helps(ws, others);
      ws.onRequest("early-nobody", (c, body) -> early.run(() -> attempt(() -> rows.deleteItem(Key.of("id", "1")))))
          .only(ws, "POST");
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

  private Simulator simulator() throws Exception {
    return Simulator.of(new Works()).port(0).data(data).log(new PrintStream(log, true, StandardCharsets.UTF_8)).start();
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
}
