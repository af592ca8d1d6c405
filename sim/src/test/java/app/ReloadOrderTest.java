package app;

import dev.pinion.App;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.WebSocketBuilder;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Simulator;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients send bursts while the program is replaced: each message starts once, and in order where the WebSocket is
 * ordered.
 */
@Timeout(60)
class ReloadOrderTest {
  private static final int CLIENTS = 4;
  private static final int RELOADS = 50;
  private static final int BURST = 40;

  /** A handler that has begun. */
  private record Begun(String client, int number, int program) {}

  private record Numbered(String client, int number) {}

  /** Without a lock: a handler that blocks before it is noted may be overtaken. */
  private final Queue<Begun> begun = new ConcurrentLinkedQueue<>();

  /** Its handlers block, each third one not at all. */
  private App app(int program, boolean ordered) {
    return cloud -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocketBuilder builder = cloud.webSocket("ws");
      WebSocket ws = (ordered ? builder.ordered() : builder).create();
      ws.onMessage(Numbered.class, (c, message) -> {
        begun.add(new Begun(message.client(), message.number(), program));
        if (message.number() % 3 > 0) rows.putItem(Item.of("id", message.client()));
        ws.sendMessage(c.id(), "done");
      });
    };
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void eachMessageStartsOnceAndInOrderWhereOrdered(boolean ordered) throws Exception {
    try (Simulator simulator = Simulator.of(app(0, ordered)).port(0).inMemory()
        .log(new PrintStream(OutputStream.nullOutputStream())).start()) {
      Semaphore bursts = new Semaphore(0);
      CountDownLatch reloaded = new CountDownLatch(1);
      List<FutureTask<Integer>> senders = IntStream.range(0, CLIENTS)
          .mapToObj(i -> new FutureTask<>(() -> send(simulator, String.valueOf(i), bursts, reloaded))).toList();
      senders.forEach(Thread::startVirtualThread);
      for (int i = 1; i <= RELOADS; i++) {
        bursts.acquire(CLIENTS);
        assertThat(simulator.reload(app(i, ordered))).isInstanceOf(Reloaded.Applied.class);
      }
      reloaded.countDown();
      Map<String, Integer> sent = new HashMap<>();
      for (int i = 0; i < CLIENTS; i++) sent.put(String.valueOf(i), senders.get(i).get());
      check(sent, ordered);
    }
  }

  /** Sends bursts of numbers and reads the answers of one burst while it sends the next; returns how many. */
  private static int send(Simulator simulator, String name, Semaphore bursts, CountDownLatch end) throws Exception {
    Client client = new Client(simulator.endpoints().getFirst());
    int count = 0;
    int answered = 0;
    client.send(numbered(name, count++)); // alone: a handler that blocks as its classes are loaded may be overtaken
    assertThat(client.next()).isEqualTo("done");
    answered++;
    while (end.getCount() > 0) {
      for (int i = 0; i < BURST; i++) client.send(numbered(name, count++));
      bursts.release();
      for (; answered < count - BURST; answered++) assertThat(client.next()).isEqualTo("done");
    }
    for (; answered < count; answered++) assertThat(client.next()).isEqualTo("done");
    return count;
  }

  private static String numbered(String client, int number) {
    return "{\"client\":\"" + client + "\",\"number\":" + number + "}";
  }

  private void check(Map<String, Integer> sent, boolean ordered) {
    sent.forEach((client, count) -> {
      List<Begun> own = begun.stream().filter(each -> each.client().equals(client)).toList();
      List<Integer> numbers = own.stream().map(Begun::number).toList();
      assertThat(ordered ? numbers : numbers.stream().sorted().toList())
          .isEqualTo(IntStream.range(0, count).boxed().toList());
      if (ordered) assertThat(own.stream().map(Begun::program)).isSorted();
    });
  }
}
