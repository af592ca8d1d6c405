package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients whose handlers compute, pin their carrier or throw: others are served all the time. */
@Timeout(60)
final class FairnessTest {
  private static final int ECHOES = 20;
  private static final int FLOOD = 2000;

  private final AtomicInteger handled = new AtomicInteger();
  private final Semaphore done = new Semaphore(0);
  /** What is still queued at a test's end must not take the processors from the next one. */
  private volatile boolean over;
  private final Gateway gateway =
      new GatewayBuilder(this::handle).routes(RouteTable.of("$connect").twoWay("$default"))
          .listener(new GatewayListener() {
            @Override
            public void failed(Event event, Throwable failure) {}
          }).start();
  private final List<Peer> peers = new ArrayList<>();

  /** Its initialization takes 20 ms, and pins the carrier meanwhile. Loaded anew for each message. */
  static final class Pinning {
    static {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Response handle(Event event) throws Exception {
    if (event instanceof Event.Message message && !over) {
      switch (message.body()) {
        case "compute" -> compute(20);
        case "briefly" -> compute(2);
        case "later" -> {
          Thread.sleep(1);
          compute(20);
        }
        case "pin" -> pin();
        case "throw" -> throw new IllegalStateException("thrown");
        default -> {
          return Response.reply(message.body());
        }
      }
      handled.incrementAndGet();
      done.release();
    }
    return Response.OK;
  }

  private static void compute(int millis) {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }

  private static void pin() throws IOException, IllegalAccessException {
    String file = Pinning.class.getName().substring(Pinning.class.getPackageName().length() + 1) + ".class";
    try (InputStream in = FairnessTest.class.getResourceAsStream(file)) {
      MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true);
    }
  }

  @AfterEach
  void close() throws IOException {
    over = true;
    for (Peer peer : peers) {
      peer.close();
    }
    gateway.close();
  }

  private static void echoes(Peer peer) throws IOException {
    for (int i = 0; i < ECHOES; i++) {
      peer.send("echo " + i);
      assertThat(peer.text()).isEqualTo("echo " + i);
    }
  }

  private void flood(String body) throws IOException {
    flood(body, FLOOD);
  }

  private void flood(String body, int messages) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < messages; i++) {
      all.writeBytes(Peer.frame(true, 1, body.getBytes(UTF_8)));
    }
    Peer peer = Peer.open(gateway);
    peers.add(peer);
    peer.raw(all.toByteArray());
  }

  /** How long others wait is measured by {@code benchmarks/run soak}; here they are served before the flood is over. */
  @ParameterizedTest
  @CsvSource({"compute, 1", "compute, 3", "briefly, 4", "later, 2", "pin, 1", "pin, 2"})
  void othersAreServed(String what, int clients) throws Exception {
    try (Peer other = Peer.open(gateway)) {
      for (int i = 0; i < clients; i++) {
        flood(what);
      }
      echoes(other);
      Peer.open(gateway).close();
      assertThat(handled).hasValueLessThan(clients * FLOOD);
    }
  }

  @Test
  void othersAreServedWhileHandlersThrow() throws Exception {
    try (Peer other = Peer.open(gateway)) {
      for (int i = 0; i < 4; i++) {
        flood("throw");
      }
      echoes(other);
      Peer.open(gateway).close();
    }
  }

  /** With few messages the socket is read, with many it is not, as the queue is full. */
  @ParameterizedTest
  @CsvSource({"60, true", "2000, true", "2000, false"})
  @EnabledOnOs(OS.LINUX)
  void whatALostClientHasQueuedIsDropped(int queued, boolean reset) throws Exception {
    flood("compute", queued);
    Peer other = Peer.open(gateway);
    peers.add(other);
    while (handled.get() < 3) {
      echoes(other);
    }
    if (reset) {
      peers.getFirst().reset();
    } else {
      peers.getFirst().close();
    }
    while (gateway.connections() > 1) {
      echoes(other);
    }
    assertThat(gateway.close(Duration.ofSeconds(30))).isEmpty();
    assertThat(handled).hasValueLessThan(Math.min(queued, 120));
  }

  /** Its queue is full for several ticks, while its socket has already been closed. */
  @Test
  void aClientThatSendsACloseFrameAndLeavesIsHandledToItsEnd() throws Exception {
    int queued = 140;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < queued; i++) {
      all.writeBytes(Peer.frame(true, 1, "compute".getBytes(UTF_8)));
    }
    all.writeBytes(Peer.frame(true, 8, (byte) 3, (byte) -24));
    try (Peer leaving = Peer.open(gateway)) {
      leaving.raw(all.toByteArray());
    }
    assertThat(done.tryAcquire(queued, 20, TimeUnit.SECONDS)).isTrue();
  }
}
