package app;

import dev.pinion.App;
import dev.pinion.WebSocket;
import dev.pinion.sim.Reloaded;
import dev.pinion.sim.Replacement;
import dev.pinion.sim.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The program of a running simulator is replaced while clients send. */
@Timeout(60)
class ReloadTest {
  private static final int CLIENTS = 4;
  private static final int RELOADS = 100;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private Simulator start(App app) {
    return Simulator.of(app).port(0).inMemory().log(new PrintStream(log, true, StandardCharsets.UTF_8)).start();
  }

  private static App echo(String program, boolean ordered) {
    return cloud -> {
      WebSocket ws = ordered ? cloud.webSocket("ws").ordered().create() : cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), program + " " + body));
    };
  }

  private static void wait(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void apply(Simulator running, App app) {
    assertThat(running.reload(app)).isInstanceOf(Reloaded.Applied.class);
  }

  @Test
  void theNextMessageGoesToTheNewHandlers() throws Exception {
    try (Simulator running = start(echo("old", false))) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("one");
      assertThat(client.next()).isEqualTo("old one");
      assertThat(running.reload(echo("new", false))).isEqualTo(new Reloaded.Applied(2, List.of()));
      client.send("two");
      assertThat(client.next()).isEqualTo("new two");
    }
  }

  @Test
  void aDefineThatDoesNotReturnKeepsNoOtherWaiting() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (Simulator running = start(echo("old", false))) {
      FutureTask<Replacement> late = new FutureTask<>(() -> running.prepare(cloud -> {
        begun.countDown();
        wait(end);
        echo("late", false).define(cloud);
      }));
      Thread.startVirtualThread(late);
      begun.await();
      apply(running, echo("new", false));
      Client client = new Client(running.endpoints().getFirst());
      client.send("one");
      assertThat(client.next()).isEqualTo("new one");
      end.countDown();
      assertThat(running.reload(late.get())).isEqualTo(new Reloaded.Applied(3, List.of()));
      client.send("two");
      assertThat(client.next()).isEqualTo("late two");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachMessageIsAnsweredOnceOverManyReloads(boolean ordered) throws Exception {
    try (Simulator running = start(echo("0", ordered))) {
      List<Client> clients =
          IntStream.range(0, CLIENTS).mapToObj(_ -> new Client(running.endpoints().getFirst())).toList();
      Semaphore sent = new Semaphore(0);
      CountDownLatch reloaded = new CountDownLatch(1);
      List<FutureTask<Integer>> senders =
          clients.stream().map(client -> new FutureTask<>(() -> sendUntil(reloaded, client, sent))).toList();
      senders.forEach(Thread::startVirtualThread);
      for (int i = 1; i <= RELOADS; i++) {
        sent.acquire(CLIENTS); // some messages between two reloads
        apply(running, echo(String.valueOf(i), ordered));
      }
      reloaded.countDown();
      for (int i = 0; i < CLIENTS; i++) {
        check(clients.get(i), senders.get(i).get(), ordered);
      }
    }
  }

  /** Sends numbers; returns how many. */
  private static int sendUntil(CountDownLatch end, Client client, Semaphore sent) {
    int count = 0;
    while (end.getCount() > 0) {
      client.send(String.valueOf(count++));
      sent.release();
    }
    return count;
  }

  /** Each message has one answer; in order, also of the programs, if the WebSocket is ordered. */
  private static void check(Client client, int count, boolean ordered) throws InterruptedException {
    List<Integer> programs = new ArrayList<>();
    List<Integer> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String[] parts = client.next().split(" ", 2);
      programs.add(Integer.valueOf(parts[0]));
      messages.add(Integer.valueOf(parts[1]));
    }
    if (ordered) {
      assertThat(programs).isSorted();
    } else {
      Collections.sort(messages); // they start in order, and may overlap
    }
    assertThat(messages).isEqualTo(IntStream.range(0, count).boxed().toList());
    client.send("end");
    assertThat(client.next()).isEqualTo(RELOADS + " end");
  }

  /** A handler that waits for the test. */
  private static final class Blocked {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    private void await() throws InterruptedException {
      begun.countDown();
      assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private App app(boolean ordered) {
      return cloud -> {
        WebSocket ws = ordered ? cloud.webSocket("ws").ordered().create() : cloud.webSocket("ws").create();
        ws.onMessage((c, body) -> {
          if (body.equals("wait")) await();
          ws.sendMessage(c.id(), "old " + body);
        });
      };
    }
  }

  @Test
  void aHandlerThatRunsEndsInTheOldProgramAndIsNamed() throws Exception {
    Blocked blocked = new Blocked();
    try (Simulator running = start(blocked.app(false))) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("wait");
      assertThat(blocked.begun.await(20, TimeUnit.SECONDS)).isTrue();
      apply(running, echo("new", false));
      client.send("two");
      assertThat(client.next()).isEqualTo("new two");
      assertThat(running.status().retired()).singleElement().asString()
          .matches("program 1: handler ws/\\$default runs for connection \\S+, at ReloadTest\\.java:\\d+");
      blocked.goesOn.countDown();
      assertThat(client.next()).isEqualTo("old wait");
    }
  }

  @Test
  void anOrderedWebSocketKeepsItsOrderAcrossTheSwitch() throws Exception {
    Blocked blocked = new Blocked();
    try (Simulator running = start(blocked.app(true))) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("wait");
      assertThat(blocked.begun.await(20, TimeUnit.SECONDS)).isTrue();
      client.send("two");
      apply(running, echo("new", true));
      client.send("three");
      blocked.goesOn.countDown();
      assertThat(List.of(client.next(), client.next(), client.next()))
          .containsExactly("old wait", "new two", "new three");
    }
  }

  @RepeatedTest(3) // the first time classes are loaded, which counts as computing
  void aWebSocketThatBecomesOrderedWaitsForAllThatRuns() throws Exception {
    Blocked first = new Blocked();
    Blocked second = new Blocked();
    AtomicBoolean ended = new AtomicBoolean();
    try (Simulator running = start(cloud -> {
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onMessage((c, body) -> {
        (body.equals("first") ? first : second).await();
        ended.set(body.equals("first"));
        ws.sendMessage(c.id(), "old " + body);
      });
    })) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("first");
      client.send("second");
      assertThat(first.begun.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(second.begun.await(20, TimeUnit.SECONDS)).isTrue();
      apply(running, cloud -> {
        WebSocket ws = cloud.webSocket("ws").ordered().create();
        ws.onMessage((c, body) -> ws.sendMessage(c.id(), body + (ended.get() ? " in order" : " too early")));
      });
      client.send("three");
      client.send("four");
      second.goesOn.countDown();
      assertThat(client.next()).isEqualTo("old second");
      Client other = new Client(running.endpoints().getFirst()); // takes its time
      other.send("other");
      assertThat(other.next()).isEqualTo("other too early");
      first.goesOn.countDown();
      assertThat(List.of(client.next(), client.next(), client.next()))
          .containsExactly("old first", "three in order", "four in order");
    }
  }

  @Test
  void aFailureOfAnOldHandlerIsReportedAtItsOwnLine() throws Exception {
    Blocked blocked = new Blocked();
    try (Simulator running = start(cloud -> cloud.webSocket("ws").create().onMessage((c, body) -> {
      blocked.await();
      throw new IllegalStateException("on purpose");
    }))) {
      Client client = new Client(running.endpoints().getFirst());
      client.send("wait");
      assertThat(blocked.begun.await(20, TimeUnit.SECONDS)).isTrue();
      apply(running, echo("new", false));
      blocked.goesOn.countDown();
      assertThat(client.next()).contains("Internal server error");
      assertThat(log.toString(StandardCharsets.UTF_8)).containsPattern(
          "ReloadTest\\.java:\\d+: error: \\S+ handler ws/\\$default failed");
    }
  }
}
