package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Clients whose handlers compute, pin their carrier or throw: others are served all the time. */
@Timeout(60)
final class FairnessTest {
  private static final int ECHOES = 200;
  private static final int FLOOD = 2000;
  private static final long MOST_NANOS = 50_000_000;

  private final AtomicInteger handled = new AtomicInteger();
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
    if (event instanceof Event.Message message) {
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
    try (InputStream in = FairnessTest.class.getResourceAsStream("FairnessTest$Pinning.class")) {
      MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true);
    }
  }

  @AfterEach
  void close() throws IOException {
    for (Peer peer : peers) {
      peer.close();
    }
    gateway.close();
  }

  /** The time within which 99 of 100 echoes came back. */
  private static long echoes(Peer peer) throws IOException {
    long[] times = new long[ECHOES];
    for (int i = 0; i < ECHOES; i++) {
      long began = System.nanoTime();
      peer.send("echo " + i);
      assertThat(peer.text()).isEqualTo("echo " + i);
      times[i] = System.nanoTime() - began;
    }
    Arrays.sort(times);
    return times[ECHOES - 1 - ECHOES / 100];
  }

  private void flood(String body) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < FLOOD; i++) {
      all.writeBytes(Peer.frame(true, 1, body.getBytes(UTF_8)));
    }
    Peer peer = Peer.open(gateway);
    peers.add(peer);
    peer.raw(all.toByteArray());
  }

  /** The bound is 50 ms, beside what the machine itself makes a thread wait that only sleeps. */
  @ParameterizedTest
  @CsvSource({"compute, 1", "compute, 8", "briefly, 4", "later, 2", "pin, 1", "pin, 4", "throw, 4"})
  void othersAreServed(String what, int clients) throws Exception {
    AtomicBoolean measuring = new AtomicBoolean(true);
    AtomicLong oversleep = new AtomicLong();
    Thread control = Thread.ofPlatform().start(() -> {
      while (measuring.get()) {
        long began = System.nanoTime();
        LockSupport.parkNanos(1_000_000);
        oversleep.accumulateAndGet(System.nanoTime() - began, Math::max);
      }
    });
    try (Peer other = Peer.open(gateway)) {
      for (int i = 0; i < clients; i++) {
        flood(what);
      }
      long echo = echoes(other);
      long began = System.nanoTime();
      Peer.open(gateway).close();
      long connect = System.nanoTime() - began;
      measuring.set(false);
      control.join();
      long most = MOST_NANOS + 4 * oversleep.get();
      assertThat(List.of(echo, connect)).allSatisfy(took -> assertThat(took).isLessThan(most));
    }
  }

  @Test
  void whatALostClientHasQueuedIsDropped() throws Exception {
    try (Peer other = Peer.open(gateway)) {
      flood("compute");
      while (handled.get() < 3) {
        echoes(other);
      }
      peers.getFirst().reset();
      while (gateway.connections() > 1) {
        echoes(other);
      }
      int before = handled.get();
      echoes(other);
      compute(300);
      assertThat(handled.get() - before).isLessThanOrEqualTo(2);
    }
  }
}
