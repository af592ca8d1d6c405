package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The way of a message to its handler, and what comes back. */
@Timeout(30)
final class MessageTest {
  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = builder().routes(RouteTable.of("$default")).start();

  private GatewayBuilder builder() {
    return new GatewayBuilder(recorder).listener(recorder).clock(clock);
  }

  @AfterEach
  void close() {
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private static String errorFrame(String message) {
    return "\\{\"message\": \"" + message + "\", \"connectionId\":\"[A-Za-z0-9_-]{15}=\", "
        + "\"requestId\":\"[A-Za-z0-9_-]{15}=\"}";
  }

  @Test
  void isToldWhole() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      clock.advance(Duration.ofSeconds(3));
      peer.send("{}");
      Event.Message event = recorder.next(Event.Message.class);
      assertThat(event.body()).isEqualTo("{}");
      assertThat(event.routeKey()).isEqualTo("$default");
      assertThat(event.requestTimeEpoch()).isEqualTo(SettableClock.START.toEpochMilli() + 3000);
      assertThat(event.messageId()).matches("[A-Za-z0-9_-]{15}=").isNotEqualTo(event.requestId());
    }
  }

  @Test
  void isRoutedByTheExpression() throws Exception {
    gateway.routes(RouteTable.of("join", "$default", "$connect").selectedBy(body -> body));
    try (Peer peer = Peer.open(gateway)) {
      for (String body : new String[] {"join", "leave", "", "$connect"}) {
        peer.send(body);
        assertThat(recorder.next(Event.Message.class).routeKey()).isEqualTo(body.equals("join") ? "join" : "$default");
      }
    }
  }

  @Test
  void isNotRoutedWhereOnlyTheDefaultExists() throws Exception {
    gateway.routes(RouteTable.of("$connect", "$default").selectedBy(_ -> {
      throw new IllegalStateException("asked");
    }));
    try (Peer peer = Peer.open(gateway)) {
      peer.send("x");
      assertThat(recorder.next(Event.Message.class).routeKey()).isEqualTo("$default");
    }
  }

  @Test
  void withoutARouteIsForbidden() throws Exception {
    gateway.routes(RouteTable.of("join").selectedBy(body -> body));
    try (Peer peer = Peer.open(gateway)) {
      peer.send("leave");
      assertThat(peer.text()).matches(errorFrame("Forbidden"));
      assertThat(recorder.logged("unrouted")).isEqualTo("unrouted there is no route for 'leave'");
      peer.send("join");
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("join");
    }
  }

  @Test
  void whoseHandlerFailsIsAnsweredAndTheSocketStaysOpen() throws Exception {
    try (Peer peer = Peer.open(gateway)) {
      recorder.answering(_ -> {
        throw new IOException("no table");
      });
      peer.send("x");
      assertThat(peer.text()).matches(errorFrame("Internal server error"))
          .contains(recorder.next(Event.Message.class).requestId());
      assertThat(recorder.logged("failed")).isEqualTo("failed $default java.io.IOException: no table");
      recorder.answering(_ -> Response.status(0));
      peer.send("x");
      assertThat(peer.text()).matches(errorFrame("Internal server error"));
      recorder.answering(_ -> {
        throw new StackOverflowError();
      });
      peer.send("x");
      assertThat(peer.text()).matches(errorFrame("Internal server error"));
    }
  }

  @Test
  void ofATwoWayRouteIsAnsweredWhateverTheStatus() throws Exception {
    gateway.routes(RouteTable.of("one").twoWay("two").selectedBy(body -> body));
    recorder.answering(event -> new Response(500, Map.of(), Optional.of("reply to " + event.routeKey())));
    try (Peer peer = Peer.open(gateway)) {
      peer.send("one");
      recorder.next(Event.Message.class);
      peer.send("two");
      assertThat(peer.text()).isEqualTo("reply to two");
      recorder.answering(_ -> Response.OK);
      peer.send("two");
      peer.send("none");
      assertThat(peer.text()).matches(errorFrame("Forbidden"));
    }
  }

  @Test
  void thatTakesTooLongIsInterruptedAndItsReplyDropped() throws Exception {
    gateway.routes(RouteTable.NONE.twoWay("$default"));
    CountDownLatch interrupted = new CountDownLatch(1);
    recorder.answering(event -> {
      if (event instanceof Event.Message message && message.body().equals("slow")) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          interrupted.countDown();
        }
        return Response.reply("late");
      }
      return Response.reply("quick");
    });
    try (Peer peer = Peer.open(gateway)) {
      peer.send("slow");
      String requestId = recorder.next(Event.Message.class).requestId();
      clock.advance(Duration.ofSeconds(29));
      assertThat(peer.text()).matches(errorFrame("Endpoint request timed out")).contains(requestId);
      interrupted.await();
      assertThat(recorder.logged("timedOut")).isEqualTo("timedOut $default");
      peer.send("next");
      assertThat(peer.text()).isEqualTo("quick");
    }
  }

  @Test
  void startsInOrderAndMayOverlap() throws Exception {
    Semaphore blocked = new Semaphore(0);
    recorder.answering(_ -> {
      blocked.acquire();
      return Response.OK;
    });
    try (Peer peer = Peer.open(gateway)) {
      for (int i = 0; i < 20; i++) {
        peer.send("m" + i);
        assertThat(recorder.next(Event.Message.class).body()).isEqualTo("m" + i);
      }
    } finally {
      blocked.release(20);
    }
  }

  @Test
  void overlapsBusyHandlersToo() throws Exception {
    CountDownLatch overlapped = new CountDownLatch(1);
    recorder.answering(event -> {
      if (event instanceof Event.Message message && message.body().equals("busy")) {
        while (overlapped.getCount() > 0) {
          Thread.onSpinWait();
        }
      } else {
        overlapped.countDown();
      }
      return Response.OK;
    });
    try (Peer peer = Peer.open(gateway)) {
      peer.send("busy");
      peer.send("next");
      overlapped.await();
    } finally {
      overlapped.countDown();
    }
  }

  @Test
  void waitsForTheOneBeforeWhereOrdered() throws Exception {
    Semaphore blocked = new Semaphore(0);
    recorder.answering(_ -> {
      blocked.acquire();
      return Response.OK;
    });
    try (Gateway ordered = builder().routes(RouteTable.of("$default")).ordered(true).start();
        Peer peer = Peer.open(ordered);
        Peer other = Peer.open(ordered)) {
      peer.send("a");
      peer.send("b");
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("a");
      other.send("other");
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("other");
      assertThat(recorder.events()).isEmpty();
      blocked.release(2);
      assertThat(recorder.next(Event.Message.class).body()).isEqualTo("b");
      blocked.release();
    }
  }

  @Test
  void repliesLeaveWhileALaterHandlerBlocks() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    gateway.routes(RouteTable.NONE.twoWay("$default"));
    recorder.answering(event -> {
      String body = ((Event.Message) event).body();
      if (body.equals("block")) {
        never.await();
      }
      return Response.reply(body);
    });
    try (Peer peer = Peer.open(gateway)) {
      for (int round = 0; round < 20; round++) {
        java.io.ByteArrayOutputStream together = new java.io.ByteArrayOutputStream();
        for (String body : new String[] {"a", "b", "block"}) {
          together.write(Peer.frame(true, Frames.TEXT, body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        peer.raw(together.toByteArray());
        assertThat(peer.text() + peer.text()).isIn("ab", "ba");
      }
    } finally {
      never.countDown();
    }
  }

  @Test
  void readsNoFurtherThanHandlersKeepUp() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    try (Gateway narrow = builder().routes(RouteTable.of("$default")).profile(Profile.AWS.messagesInFlight(3)).start();
        Peer peer = Peer.open(narrow)) {
      recorder.answering(_ -> {
        blocked.await();
        return Response.OK;
      });
      byte[] m = Peer.frame(true, Frames.TEXT, (byte) 'm');
      ByteBuffer together = ByteBuffer.allocate(2 * m.length).put(m).put(m);
      peer.raw(together.array());
      for (int i = 2; i < 50; i++) {
        peer.send("m" + i);
      }
      for (int i = 0; i < 3; i++) {
        recorder.next(Event.Message.class);
      }
      assertThat(recorder.events()).isEmpty();
      blocked.countDown();
      for (int i = 3; i < 50; i++) {
        recorder.next(Event.Message.class);
      }
    } finally {
      blocked.countDown();
    }
  }

  @Test
  void whoseReplyIsTooLargeIsAnInternalServerError() throws Exception {
    gateway.routes(RouteTable.NONE.twoWay("$default"));
    String most = "x".repeat(131_072);
    recorder.answering(event -> Response.reply(most + ((Event.Message) event).body()));
    try (Peer peer = Peer.open(gateway)) {
      peer.send("");
      assertThat(peer.text()).isEqualTo(most);
      peer.send("y");
      assertThat(peer.text()).matches(errorFrame("Internal server error"));
      assertThat(recorder.logged("failed")).isEqualTo(
          "failed $default dev.pinion.PayloadTooLargeException: Reply of 131073 bytes, over 131072");
    }
  }

  @Test
  void ofAOneWayRouteIsNotAnsweredWhateverTheStatus() throws Exception {
    recorder.answering(_ -> new Response(500, Map.of(), Optional.of("body")));
    try (Peer peer = Peer.open(gateway)) {
      peer.send("x");
      recorder.next(Event.Message.class);
      peer.send(Frames.CLOSE);
      assertThat(peer.closed()).isEqualTo(CloseStatuses.NOT_SET);
    }
  }

  /** Replies of a burst are written together, but none waits for long while handlers go on. */
  @Test
  void theFirstReplyOfABurstDoesNotWaitForItsEnd() throws Exception {
    int messages = 40;
    CountDownLatch received = new CountDownLatch(1);
    AtomicInteger handled = new AtomicInteger();
    recorder.answering(_ -> {
      boolean last = handled.incrementAndGet() == messages;
      long end = System.nanoTime() + 5_000_000_000L;
      while (last && received.getCount() > 0 && System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
      return Response.reply(last && received.getCount() > 0 ? "too late" : "in time");
    });
    ByteArrayOutputStream burst = new ByteArrayOutputStream();
    for (int i = 0; i < messages; i++) {
      burst.writeBytes(Peer.frame(true, Frames.TEXT, "ask".getBytes(UTF_8)));
    }
    gateway.routes(RouteTable.NONE.twoWay("$default"));
    try (Peer peer = Peer.open(gateway)) {
      peer.raw(burst.toByteArray());
      assertThat(peer.text()).isEqualTo("in time");
      received.countDown();
      for (int i = 1; i < messages; i++) {
        assertThat(peer.text()).isEqualTo("in time");
      }
    }
  }
}
