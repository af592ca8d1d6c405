package dev.pinion.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.pinion.engine.Frames;
import dev.pinion.spi.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Very many clients that never finish their handshake: room and time for them are bounded, and others are served. */
@Timeout(60)
final class FloodTest {
  private static final int CLIENTS = 10_000;

  /** File descriptors that this process may still open. */
  private static final long DESCRIPTORS = descriptors();

  /** Room for those that wait: the gateway's own, unless this process may open few files. */
  private static final int ROOM = (int) Math.min(4096, DESCRIPTORS / 4);

  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(clock)
      .profile(Profile.AWS.pendingRequests(ROOM)).routes(RouteTable.of("$default")).start();
  private final Deque<SocketChannel> idle = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (SocketChannel client : idle) {
      client.close();
    }
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private static SocketChannel connect(int port) throws IOException {
    SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    try {
      client.write(ByteBuffer.wrap("GET /prod HTTP/1.1\r\nHost: half a req".getBytes(ISO_8859_1)));
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
    }
    return client;
  }

  private static void awaitEnd(SocketChannel client) throws IOException {
    try (client) {
      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("Connection reset.*");
    }
  }

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  private void serves() throws IOException {
    try (Peer served = Peer.open(gateway)) {
      served.send(Frames.PING);
      assertThat(served.read().opcode()).isEqualTo(Frames.PONG);
    }
  }

  @Test
  void tenThousandHalfHandshakesMakeRoomForEachOtherAndEndInTime() throws Exception {
    long most = Math.min(CLIENTS, DESCRIPTORS / 2);
    for (int i = 1; i <= CLIENTS; i++) {
      idle.add(connect(gateway.port()));
      if (i % 1000 == 0) {
        serves();
      }
      if (idle.size() > most) {
        awaitEnd(idle.remove());
      }
    }
    while (idle.size() > ROOM) {
      awaitEnd(idle.remove());
    }
    clock.advance(Duration.ofSeconds(10));
    while (!idle.isEmpty()) {
      awaitEnd(idle.remove());
    }
    serves();
  }

  @Test
  void withoutFileDescriptorsThoseThatWaitMakeRoomToo() throws Exception {
    Process server = new ProcessBuilder("sh", "-c", "ulimit -n 256 && exec \"$0\" -cp \"$1\" \"$2\"",
        ProcessHandle.current().info().command().orElseThrow(), System.getProperty("java.class.path"),
        FewDescriptors.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = server.inputReader()) {
      int port = Integer.parseInt(out.readLine());
      for (int i = 0; i < 1000; i++) {
        idle.add(connect(port));
      }
      try (Peer served = new Peer(port)) {
        assertThat(served.upgrade("/prod").status()).isEqualTo(101);
      }
    } finally {
      server.getOutputStream().close();
      server.waitFor();
    }
  }

  /** A gateway whose clock stands still, in a process that may have few files open. */
  static final class FewDescriptors {
    /** Serves until its input ends. */
    public static void main(String[] args) throws IOException {
      try (Gateway gateway = new GatewayBuilder(_ -> Response.OK).clock(new SettableClock()).start()) {
        System.out.println(gateway.port());
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
