package dev.pinion.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** What clients have sent and nobody has handled is bounded in memory, for all together. */
@Timeout(30)
final class InputBudgetTest {
  private static final int ALL = 1_000_000;
  private static final int PART = 30_000;

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private EventLoops loops;
  private Server server;

  /** Takes whole messages, and closes when the budget is exceeded. */
  private final class Taking implements FrameSink {
    private final int number;
    private final ClientSocket socket;
    private boolean over;

    Taking(int number, ClientSocket socket) {
      this.number = number;
      this.socket = socket;
    }

    @Override
    public void text(String message) {
      events.add("text " + message.length());
    }

    @Override
    public void close(CloseStatus status) {}

    @Override
    public void ping(byte[] payload) {
      events.add("ping");
    }

    @Override
    public boolean decoding() {
      return !over;
    }

    @Override
    public void overBudget() {
      over = true;
      events.add("over " + number);
      socket.close();
    }

    @Override
    public void ended() {
      events.add("ended " + number);
    }
  }

  @BeforeEach
  void start() throws IOException {
    ServerLimits limits =
        new ServerLimits(4096, 10_240, PART, 100_000, ALL, ALL, 4096, 1 << 20, ServerLimits.DEFAULT.requestTimeout());
    loops = EventLoops.start(1, PeerProbe.NONE, _ -> LoopHook.NONE);
    server = Server.serve(loops, Server.listen("127.0.0.1", 0), limits, InstantSource.system(), exchange -> {
      if (exchange.request().path().equals("/never")) {
        events.add("asked");
        return;
      }
      int number = Integer.parseInt(exchange.request().path().substring(1));
      Taking sink = new Taking(number, exchange.socket());
      exchange.upgrade(WebSocketUpgrade.answer(exchange.request(), Optional.empty()),
          new WebSocketSession(exchange.socket(), new FrameLimits(false, ALL, ALL, CloseStatus.of(1007)), sink));
    });
  }

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    server.close();
    loops.stop();
  }

  private Socket connect(String request, byte[] then) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port());
    clients.add(client);
    client.getOutputStream().write((request + "\r\nHost: x\r\nSec-WebSocket-Key: x\r\n\r\n").getBytes(ISO_8859_1));
    client.getOutputStream().write(then);
    return client;
  }

  /** The first fragment of a message, which a mask of zeros leaves as it is. */
  private static byte[] part(int length) {
    byte[] frame = new byte[8 + length];
    frame[0] = 1;
    frame[1] = (byte) (0x80 | 126);
    frame[2] = (byte) (length >> 8);
    frame[3] = (byte) length;
    return frame;
  }

  /** Sends a part of a message, and waits until it is read; returns what came of it. */
  private String begin(int number, int length) throws Exception {
    connect("GET /" + number + " HTTP/1.1", part(length)).getOutputStream().write(ClientFrames.frame(true, 9));
    return next();
  }

  private String next() throws InterruptedException {
    String next = events.poll(10, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void theLargestLosesWhenAllTogetherKeepTooMuch() throws Exception {
    begin(0, PART);
    begin(1, 3 * PART / 2);
    String seen = "ping";
    for (int count = 2; seen.equals("ping"); count++) {
      assertThat(count).as("clients without a loss").isLessThan(2 * ALL / PART);
      seen = begin(count, PART);
    }
    assertThat(seen).isEqualTo("over 1");
    assertThat(next()).isEqualTo("ended 1");
  }

  @Test
  void whatIsHandledOrEndedIsKeptNoLonger() throws Exception {
    byte[] whole = part(PART);
    whole[0] = (byte) 0x81;
    for (int i = 0; i < 2 * ALL / PART; i++) {
      connect("GET /" + i + " HTTP/1.1", whole);
      assertThat(next()).isEqualTo("text " + PART);
    }
    for (int i = 0; i < 2 * ALL / PART; i++) {
      connect("GET /" + i + " HTTP/1.1", part(PART)).close();
      assertThat(next()).isEqualTo("ended " + i);
    }
  }

  @Test
  void whatLiesBehindARequestThatIsBeingAnsweredCounts() throws Exception {
    byte[] behind = new byte[PART];
    int count = 0;
    for (boolean lost = false; !lost; count++) {
      assertThat(count).as("clients without a loss").isLessThan(2 * ALL / PART);
      connect("POST /never HTTP/1.1\r\nContent-Length: " + PART, behind);
      assertThat(next()).isEqualTo("asked");
      lost = count > ALL / PART - 3 && clients.stream().anyMatch(InputBudgetTest::hasEnded);
    }
    assertThat(count).isGreaterThan(ALL / PART / 2);
  }

  private static boolean hasEnded(Socket client) {
    try {
      client.setSoTimeout(1);
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
