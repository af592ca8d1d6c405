package dev.pinion.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** A loop whose selector fails: it is replaced, or the server ends and says why. */
@Timeout(30)
final class SelectorFailureTest {
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile int mostOpened = Integer.MAX_VALUE;
  private volatile boolean failing;

  /** The system's selectors, which can be made to fail. */
  private final class Failing implements EventLoop.Selectors {
    @Override
    public Selector open() throws IOException {
      if (opened.get() == mostOpened) {
        throw new IOException("no selector");
      }
      opened.incrementAndGet();
      return Selector.open();
    }

    @Override
    public void select(Selector selector, Consumer<SelectionKey> ready, long millis) throws IOException {
      EventLoop.Selectors.super.select(selector, ready, millis);
      if (failing) {
        failing = false;
        throw new IOException("the selector failed");
      }
    }
  }

  private final class Hello implements HttpHandler {
    @Override
    public void handle(HttpExchange exchange) {
      exchange.answer(HttpResponse.of(200, "text/plain", exchange.request().path()));
    }

    @Override
    public void failed(Throwable bug) {
      failures.add(bug);
    }
  }

  private Server serve(EventLoops loops) throws IOException {
    return Server.serve(loops, Server.listen("127.0.0.1", 0), ServerLimits.DEFAULT, InstantSource.system(),
        new Hello());
  }

  private static String ask(Socket client, String path) throws IOException {
    client.setSoTimeout(10_000);
    client.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n" + path) < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        return "end";
      }
      answer.append((char) next);
    }
    return answer.substring(9, 12);
  }

  @Test
  void isReplacedAndNoSocketNoticesIt() throws Exception {
    EventLoops loops = EventLoops.start(1, new Failing(), PeerProbe.NONE, _ -> LoopHook.NONE);
    try (Server server = serve(loops);
        Socket before = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(ask(before, "/1")).isEqualTo("200");
      failing = true;
      assertThat(ask(before, "/2")).isEqualTo("200");
      try (Socket after = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        assertThat(ask(after, "/3")).isEqualTo("200");
      }
      assertThat(opened).hasValue(2);
    } finally {
      loops.stop();
    }
    assertThat(failures).isEmpty();
  }

  /** A loop that is held up must not keep a server from closing. */
  @Test
  void closingIsBoundedInTime() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    EventLoops loops = EventLoops.start(1, PeerProbe.NONE, _ -> LoopHook.NONE);
    Server server = serve(loops);
    loops.all().getFirst().execute(() -> {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    server.close(Duration.ofMillis(20));
    assertThat(failures.poll()).hasMessageContaining("did not close its sockets");
    held.countDown();
    loops.stop();
  }

  @Test
  void orTheServerEndsAndSaysWhy() throws Exception {
    EventLoops loops = EventLoops.start(1, new Failing(), PeerProbe.NONE, _ -> LoopHook.NONE);
    Server server = serve(loops);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      assertThat(ask(client, "/1")).isEqualTo("200");
      mostOpened = 1;
      failing = true;
      assertThat(ask(client, "/2")).isIn("200", "end");
      assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessageContaining("event loop has ended");
      assertThat(client.getInputStream().read()).isNegative();
    }
    server.close();
    assertThat(loops.all().getFirst().hasEnded()).isTrue();
  }
}
