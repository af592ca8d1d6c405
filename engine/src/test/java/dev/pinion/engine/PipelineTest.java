package dev.pinion.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that come before the one before is answered: handled and answered in their order, however they are cut. */
@Timeout(60)
final class PipelineTest {
  private static final int REQUESTS = 200;

  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final Random random = new Random(7);
  private EventLoops loops;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    loops = EventLoops.start(1, PeerProbe.NONE, _ -> LoopHook.NONE);
    server = Server.serve(loops, Server.listen("127.0.0.1", 0), ServerLimits.DEFAULT, InstantSource.system(),
        this::handle);
  }

  @AfterEach
  void close() {
    server.close();
    loops.stop();
  }

  /** Answers every third request later, while the loop does other things. */
  private void handle(HttpExchange exchange) {
    String body = new String(exchange.body(), ISO_8859_1);
    handled.add(body);
    HttpResponse response = HttpResponse.of(200, "text/plain", body);
    if (handled.size() % 3 == 0) {
      Thread.startVirtualThread(() -> exchange.socket().execute(() -> exchange.answer(response)));
    } else {
      exchange.answer(response);
    }
  }

  private static String request(int number) {
    String body = "n" + number + ".".repeat(number % 50);
    return "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 300, 100_000})
  void keepTheirOrder(int longestPiece) throws Exception {
    String all = IntStream.range(0, REQUESTS).mapToObj(PipelineTest::request).reduce("", String::concat);
    List<String> bodies = IntStream.range(0, REQUESTS).mapToObj(i -> "n" + i + ".".repeat(i % 50)).toList();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setTcpNoDelay(true);
      client.setSoTimeout(20_000);
      Thread.startVirtualThread(() -> send(client, all, longestPiece));
      InputStream in = client.getInputStream();
      for (String body : bodies) {
        assertThat(answer(in)).isEqualTo(body);
      }
    }
    assertThat(handled).isEqualTo(bodies);
  }

  private void send(Socket client, String all, int longestPiece) {
    try {
      byte[] bytes = all.getBytes(ISO_8859_1);
      for (int at = 0; at < bytes.length;) {
        int length = Math.min(bytes.length - at, 1 + random.nextInt(longestPiece));
        client.getOutputStream().write(bytes, at, length);
        at += length;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("end").isNotNegative();
      head.append((char) next);
    }
    String length = head.substring(head.indexOf("content-length: ") + 16);
    return new String(in.readNBytes(Integer.parseInt(length.substring(0, length.indexOf("\r")))), ISO_8859_1);
  }
}
