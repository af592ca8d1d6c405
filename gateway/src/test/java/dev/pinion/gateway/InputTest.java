package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients have sent and no handler has handled is bounded in memory, for all of them together. */
@Timeout(30)
final class InputTest {
  private static final long BUDGET = Runtime.getRuntime().maxMemory() / 100;
  private static final int PART = 1 << 20;

  private final Recorder recorder = new Recorder();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder)
      .profile(Profile.RELAXED.inputHeapPercent(1)).routes(RouteTable.of("$default", "$disconnect")).start();
  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Peer peer : peers) {
      peer.close();
    }
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private Peer open() throws IOException {
    Peer peer = Peer.open(gateway);
    peers.add(peer);
    return peer;
  }

  @Test
  void theClientWithTheLargestPartOfAMessageIsClosed() throws Exception {
    open().raw(Peer.frame(false, 1, new byte[8 * PART]));
    for (long sent = 0; sent < BUDGET; sent += PART) {
      open().raw(Peer.frame(false, 1, new byte[PART]));
    }
    assertThat(recorder.logged("cutOff")).startsWith("cutOff 1013");
    assertThat(recorder.logged("closed")).isEqualTo("closed 1013 Try again later");
    assertThat(peers.getFirst().closed().code()).isEqualTo(1013);
  }

  /** Clients are read more slowly before anybody has to be closed. */
  @Test
  void clientsAreReadMoreSlowlyWhenMemoryIsTight() throws Exception {
    for (long sent = 0; sent < BUDGET * 6 / 10; sent += PART) {
      open().raw(Peer.frame(false, 1, new byte[PART]));
      peers.getLast().send(Frames.PING);
      assertThat(peers.getLast().read().opcode()).isEqualTo(Frames.PONG);
    }
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch handled = new CountDownLatch(20);
    recorder.answering(_ -> {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      Thread.sleep(3);
      running.decrementAndGet();
      handled.countDown();
      return Response.OK;
    });
    Peer busy = open();
    for (long left = handled.getCount(); left > 0; left--) {
      busy.send("slow");
    }
    assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
  }
}
