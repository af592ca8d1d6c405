package dev.pinion.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Sockets that wait to be accepted together. */
@Timeout(30)
final class AcceptorTest {
  private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
  private final List<Throwable> failures = new ArrayList<>();
  private int configured;

  /** As macOS does for a socket that its client has reset. */
  private void configure(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    configured++;
    if (configured == 2) {
      throw new SocketException("Invalid argument");
    }
  }

  @Test
  void anOptionThatFailsDropsThatSocketOnly() throws Exception {
    EventLoops loops = EventLoops.start(1, PeerProbe.NONE, _ -> LoopHook.NONE);
    ServerSocketChannel listening = Server.listen("127.0.0.1", 0);
    Deadlines pending = new Deadlines(InstantSource.system(), Duration.ofSeconds(10), 10, 10);
    Acceptor acceptor =
        new Acceptor(loops, listening, pending, this::configure, accepted::add, failures::add);
    int port = listening.socket().getLocalPort();
    try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket second = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket third = new Socket(InetAddress.getLoopbackAddress(), port)) {
      acceptor.open();
      for (Socket taken : List.of(first, third)) {
        SocketChannel channel = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(channel).isNotNull();
        assertThat(channel.socket().getPort()).isEqualTo(taken.getLocalPort());
        channel.close();
      }
      assertThat(second.getInputStream().read()).isNegative();
      assertThat(failures).isEmpty();
    } finally {
      acceptor.close();
      loops.stop();
    }
  }
}
