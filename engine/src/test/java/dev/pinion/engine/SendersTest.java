package dev.pinion.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Who writes what other threads send while the loop sleeps. */
@Timeout(30)
final class SendersTest {
  private static final int WRITTEN_BY_SENDERS = 16;

  private final BlockingQueue<ClientSocket> accepted = new LinkedBlockingQueue<>();
  private final Semaphore sleeping = new Semaphore(0);
  private final AtomicInteger woken = new AtomicInteger();
  private EventLoops loops;
  private Server server;
  private Socket client;
  private ClientSocket socket;

  /** The system's selectors, which sleep until somebody wakes them, and tell when they do. */
  private final class Sleeping implements EventLoop.Selectors {
    @Override
    public void select(Selector selector, Consumer<SelectionKey> ready, long millis) throws IOException {
      if (millis < 0) {
        selector.selectNow(ready);
        return;
      }
      sleeping.release();
      if (selector.select(ready, 0) == 0) {
        woken.incrementAndGet();
      }
    }
  }

  private static final class Silent implements Protocol {
    @Override
    public void begin() {}

    @Override
    public void received(byte[] data, int from, int to) {}

    @Override
    public void ended() {}
  }

  @BeforeEach
  void connect() throws Exception {
    loops = EventLoops.start(1, new Sleeping(), PeerProbe.NONE, _ -> LoopHook.NONE);
    server = Server.serve(loops, Server.listen("127.0.0.1", 0), ServerLimits.DEFAULT, InstantSource.system(),
        exchange -> {
          exchange.upgrade(WebSocketUpgrade.answer(exchange.request(), Optional.empty()), new Silent());
          accepted.add(exchange.socket());
        });
    client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Key: x\r\n\r\n".getBytes(ISO_8859_1));
    socket = accepted.poll(10, TimeUnit.SECONDS);
    readTo('\n', '\r', '\n');
    awaitSleep();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    loops.stop();
  }

  private void readTo(char... last) throws IOException {
    int matched = 0;
    while (matched < last.length) {
      int next = client.getInputStream().read();
      assertThat(next).isNotNegative();
      matched = next == last[matched] ? matched + 1 : 0;
    }
  }

  /** Waits until the loop sleeps, and has nothing else to do. */
  private void awaitSleep() throws InterruptedException {
    CountDownLatch turned = new CountDownLatch(1);
    loops.all().getFirst().execute(() -> {
      sleeping.drainPermits();
      turned.countDown();
    });
    turned.await();
    sleeping.acquire();
    woken.set(0);
  }

  private void send(int frames) throws IOException {
    for (int i = 0; i < frames; i++) {
      assertThat(socket.send(new byte[] {(byte) ('a' + i)}, Writer.EITHER)).isEqualTo(Offer.TAKEN);
      readTo((char) ('a' + i));
    }
  }

  @Test
  void someFramesAreWrittenWithoutTheLoop() throws Exception {
    send(WRITTEN_BY_SENDERS);
    assertThat(woken).hasValue(0);
  }

  @Test
  void moreFramesAreWrittenByTheLoop() throws Exception {
    send(WRITTEN_BY_SENDERS + 1);
    assertThat(woken).hasValue(1);
  }

  @Test
  void whenTheLoopHasSleptAgainSendersWriteAgain() throws Exception {
    send(WRITTEN_BY_SENDERS + 1);
    awaitSleep();
    send(WRITTEN_BY_SENDERS);
    assertThat(woken).hasValue(0);
  }
}
