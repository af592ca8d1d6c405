package dev.pinion.gateway;

import dev.pinion.engine.Frames;
import dev.pinion.spi.Event;
import dev.pinion.spi.HandlerStart;
import dev.pinion.spi.Response;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** The messages of one connection start in order, though they overlap. */
@Timeout(30)
final class StartOrderTest {
  private static final int MESSAGES = 2_000;

  /** Without a lock: a handler that blocks before it is noted may be overtaken. */
  private final Queue<String> started = new ConcurrentLinkedQueue<>();
  private final AtomicInteger noted = new AtomicInteger();

  private static Gateway start(Integration integration) {
    return new GatewayBuilder(integration).routes(RouteTable.of("$default")).start();
  }

  /** Whose handlers block; {@code late} is read for long before its handler begins. */
  private final class LateReader implements Integration {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private final Semaphore ends = new Semaphore(0);
    private final Semaphore begun = new Semaphore(0);

    @Override
    public Response invoke(Event event) {
      throw new AssertionError("called without a start");
    }

    @Override
    public Response invoke(Event event, HandlerStart start) throws Exception {
      if (!(event instanceof Event.Message message)) return Response.OK;
      if (message.body().equals("late")) {
        arrived.countDown();
        read.await();
      }
      start.begins();
      started.add(message.body());
      begun.release();
      ends.acquire();
      return Response.OK;
    }
  }

  @Test
  void aMessageWaitsForTheBeginOfTheOneBefore() throws Exception {
    LateReader reader = new LateReader();
    try (Gateway gateway = start(reader); Peer peer = Peer.open(gateway)) {
      peer.send("one");
      peer.send("two");
      reader.begun.acquire(2); // from now on messages overlap
      peer.send("late");
      reader.arrived.await();
      peer.send("next");
      for (int i = 0; i < 20; i++) { // so that the loop has looked whether a handler holds up messages
        peer.send(Frames.PING);
        assertThat(peer.read().opcode()).isEqualTo(Frames.PONG);
      }
      reader.read.countDown();
      reader.begun.acquire(2);
      assertThat(started).containsExactly("one", "two", "late", "next");
      reader.ends.release(4);
    }
  }

  @Test
  void burstsOfHandlersThatBlockStartInOrder() throws Exception {
    try (Gateway gateway = start(event -> {
      if (event instanceof Event.Message message) awaitTwoMore(Integer.parseInt(message.body()));
      return Response.OK;
    }); Peer peer = Peer.open(gateway)) {
      for (int i = 0; i < MESSAGES; i++) peer.send(String.valueOf(i));
      awaitStarted(MESSAGES);
      assertThat(started).containsExactlyElementsOf(IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList());
    }
  }

  /** A handler that blocks until the two messages behind its own have started. */
  private void awaitTwoMore(int number) throws InterruptedException {
    started.add(String.valueOf(number));
    noted.incrementAndGet();
    awaitStarted(Math.min(number + 3, MESSAGES));
  }

  private synchronized void awaitStarted(int count) throws InterruptedException {
    notifyAll();
    while (noted.get() < count) wait();
  }
}
