package dev.pinion.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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

/** What waits for clients that read slowly is bounded in memory, for each and for all. */
@Timeout(30)
final class OutputBudgetTest {
  private static final int EACH = 100_000;
  private static final int ALL = 1_000_000;

  private final ServerLimits limits =
      new ServerLimits(4096, 10_240, 1024, EACH, ALL, ALL, 4096, 1 << 20, ServerLimits.DEFAULT.requestTimeout());
  private final BlockingQueue<ClientSocket> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private EventLoops loops;
  private Server server;

  /** Reads nothing, and notes its end. */
  private final class Silent implements Protocol {
    private final int number;

    Silent(int number) {
      this.number = number;
    }

    @Override
    public void begin() {}

    @Override
    public void received(byte[] data, int from, int to) {}

    @Override
    public void tooSlow() {
      events.add("too slow " + number);
    }

    @Override
    public void ended() {
      events.add("ended " + number);
    }
  }

  @BeforeEach
  void start() throws IOException {
    loops = EventLoops.start(1, PeerProbe.NONE, _ -> LoopHook.NONE);
    server = Server.serve(loops, Server.listen("127.0.0.1", 0), limits, InstantSource.system(), exchange -> {
      int number = Integer.parseInt(exchange.request().path().substring(1));
      exchange.upgrade(WebSocketUpgrade.answer(exchange.request(), Optional.empty()), new Silent(number));
      accepted.add(exchange.socket());
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

  private ClientSocket connect() throws Exception {
    Socket client = new Socket();
    client.setReceiveBufferSize(4096);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    String request = "GET /" + clients.size() + " HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Key: x\r\n\r\n";
    client.getOutputStream().write(request.getBytes(ISO_8859_1));
    clients.add(client);
    ClientSocket socket = accepted.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    return socket;
  }

  /** Sends until no more is taken; returns how many frames were taken once the kernel took none. */
  private static int fill(ClientSocket socket, int size) {
    byte[] block = new byte[8192];
    while (socket.send(block, Writer.SENDER) == Offer.TAKEN) {
      Thread.onSpinWait();
    }
    byte[] frame = new byte[size];
    int taken = 0;
    while (socket.send(frame, Writer.SENDER) == Offer.TAKEN) {
      taken++;
    }
    return taken;
  }

  @Test
  void aFrameCountsForMoreThanItsBytes() {
    OutboundQueue queue = new OutboundQueue(EACH);
    int frames = 0;
    while (queue.offer(OutboundFrame.of(new byte[1]))) {
      frames++;
    }
    assertThat(frames).isEqualTo(EACH / (1 + OutboundFrame.OBJECTS));
    assertThat(queue.bytes()).isEqualTo(frames);
    queue.written(frames);
    assertThat(queue.memory()).isZero();
  }

  @Test
  void theSlowestLoseWhenAllTogetherKeepTooMuch() throws Exception {
    for (int i = 0; i < ALL / EACH; i++) {
      assertThat(fill(connect(), 1)).isLessThan(8192);
    }
    assertThat(events).isEmpty();
    ClientSocket next = connect();
    fill(next, 1);
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("too slow 0");
    assertThat(events.poll(10, TimeUnit.SECONDS)).isEqualTo("ended 0");
    assertThat(next.send(new byte[1], Writer.LOOP)).isIn(Offer.TAKEN, Offer.FULL);
    ClientSocket quick = connect();
    assertThat(quick.send("hello".getBytes(ISO_8859_1), Writer.SENDER)).isEqualTo(Offer.TAKEN);
  }
}
