package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** On which threads handlers run, where the JVM lets them begin on their event loop's. */
@Timeout(60)
final class LoopHandlersTest {
  private final Recorder recorder = new Recorder();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Gateway gateway =
      new GatewayBuilder(recorder).listener(recorder).routes(RouteTable.NONE.twoWay("$default")).start();

  @AfterEach
  void close() {
    released.countDown();
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private static Response whereItRuns() {
    return Response.reply(Thread.currentThread().toString());
  }

  private static boolean says(Event event, String text) {
    return event instanceof Event.Message message && message.body().equals(text);
  }

  @Test
  void beginOnTheLoopAndAreVirtual() throws Exception {
    recorder.answering(_ -> whereItRuns());
    try (Peer peer = Peer.open(gateway)) {
      peer.send("where?");
      assertThat(peer.text()).matches("VirtualThread\\[#\\d+,pinion-handler]/runnable@pinion-loop-\\d");
    }
  }

  @Test
  void goOnInThePoolOnceTheyHaveBlocked() throws Exception {
    recorder.answering(event -> {
      if (says(event, "block")) {
        released.await();
      }
      return whereItRuns();
    });
    try (Peer peer = Peer.open(gateway);
        Peer other = Peer.open(gateway)) {
      peer.send("block");
      recorder.next(Event.Message.class);
      other.send("where?");
      assertThat(other.text()).startsWith("VirtualThread");
      released.countDown();
      assertThat(peer.text()).contains("@ForkJoinPool-");
    }
  }

  @Test
  void thatComputeHoldUpNoOtherConnection() throws Exception {
    recorder.answering(event -> {
      while (says(event, "compute") && released.getCount() > 0) {
        Thread.onSpinWait();
      }
      return Response.reply("done");
    });
    List<Peer> peers = new ArrayList<>();
    try (Peer idle = Peer.open(gateway)) {
      for (int i = 0; i < 6; i++) {
        peers.add(Peer.open(gateway));
      }
      for (Peer peer : peers) {
        peer.send("compute");
        idle.send(Frames.PING);
        assertThat(idle.read().opcode()).isEqualTo(Frames.PONG);
      }
      released.countDown();
      for (Peer peer : peers) {
        assertThat(peer.text()).isEqualTo("done");
        peer.send("again");
        assertThat(peer.text()).isEqualTo("done");
      }
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void ofAConnectionWhoseLastOnesComputedRunApart() throws Exception {
    recorder.answering(event -> {
      long end = System.nanoTime() + 4_000_000;
      while (says(event, "compute") && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      return whereItRuns();
    });
    try (Peer peer = Peer.open(gateway)) {
      peer.send("compute");
      assertThat(peer.text()).contains("@pinion-loop-");
      // Sixteen short stretches end this, and a handler that waits for a lock has several.
      for (int i = 0; i < 5; i++) {
        peer.send("where?");
        assertThat(peer.text()).contains("@pinion-computing-");
      }
    }
  }

  @Test
  void keepTheJvmAliveUntilTheirGatewayIsClosedAlsoWhenOneComputes() throws Exception {
    recorder.answering(event -> {
      while (says(event, "compute") && released.getCount() > 0) {
        Thread.onSpinWait();
      }
      return Response.reply("done");
    });
    List<Thread> watchdogs;
    try (Peer peer = Peer.open(gateway);
        Peer idle = Peer.open(gateway)) {
      peer.send("compute");
      idle.send(Frames.PING);
      assertThat(idle.read().opcode()).isEqualTo(Frames.PONG);
      watchdogs = Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("pinion-watchdog")).toList();
      assertThat(watchdogs).isNotEmpty().noneMatch(Thread::isDaemon);
      gateway.close(Duration.ZERO);
    }
    for (Thread watchdog : watchdogs) {
      watchdog.join();
    }
  }

  @Test
  void startThreadsOfTheirOwn() throws Exception {
    recorder.answering(_ -> {
      CompletableFuture<Response> child = new CompletableFuture<>();
      Thread.startVirtualThread(() -> child.complete(whereItRuns()));
      return child.get();
    });
    try (Peer peer = Peer.open(gateway)) {
      peer.send("child?");
      assertThat(peer.text()).containsPattern("/runnable@(ForkJoinPool|pinion-computing)-");
    }
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // what a virtual thread that blocks does
  void ofOneTurnShareAThreadUntilOneBlocks() throws Exception {
    Map<Thread, Set<String>> connections = new ConcurrentHashMap<>();
    Map<Thread, String> blocked = new ConcurrentHashMap<>();
    Set<String> mixed = ConcurrentHashMap.newKeySet();
    recorder.answering(event -> {
      Thread thread = Thread.currentThread();
      String id = event.connection().connectionId();
      connections.computeIfAbsent(thread, _ -> ConcurrentHashMap.newKeySet()).add(id);
      if (!blocked.getOrDefault(thread, id).equals(id)) {
        mixed.add(blocked.get(thread) + " and " + id);
      }
      if (says(event, "block")) {
        Thread.yield();
        blocked.put(thread, id);
      }
      return Response.reply("done");
    });
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        peers.add(Peer.open(gateway));
      }
      do {
        for (int i = 0; i < peers.size(); i++) {
          peers.get(i).send(i % 3 == 0 ? "block" : "return");
        }
        for (Peer peer : peers) {
          assertThat(peer.text()).isEqualTo("done");
        }
      } while (blocked.size() < 1000 || connections.values().stream().noneMatch(ids -> ids.size() > 1));
      assertThat(mixed).isEmpty();
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }
}
