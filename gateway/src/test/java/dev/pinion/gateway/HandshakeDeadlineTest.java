package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** Handshakes that are completed just when their time is over: whichever is first, what opens also ends. */
@Timeout(120)
final class HandshakeDeadlineTest {
  private static final int HANDSHAKES = 10_000;
  private static final int AT_ONCE = 200;

  private final SettableClock clock = new SettableClock();
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<String> notDisconnected = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();

  private final GatewayListener listener = new GatewayListener() {
    @Override
    public void opened(ConnectionContext connection) {
      opened.incrementAndGet();
      notDisconnected.add(connection.connectionId());
      open.add(connection.connectionId());
    }

    @Override
    public void closed(ConnectionContext connection, CloseStatus status) {
      open.remove(connection.connectionId());
    }
  };

  private Response handle(Event event) {
    if (event instanceof Event.Disconnect) {
      notDisconnected.remove(event.connection().connectionId());
    }
    return Response.OK;
  }

  @Test
  void whatOpensAlsoEnds() throws Exception {
    try (Gateway gateway = new GatewayBuilder(this::handle).listener(listener).clock(clock)
        .profile(Profile.AWS.connectionBurst(HANDSHAKES)).routes(RouteTable.of("$disconnect", "$default")).start()) {
      byte[] request = ("GET /prod HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n"
          + String.join("\r\n", Peer.handshake()) + "\r\n\r\n").getBytes(ISO_8859_1);
      for (int round = 0; round < HANDSHAKES / AT_ONCE; round++) {
        handshakes(gateway.port(), request);
      }
      assertThat(opened.get()).isPositive();
      while (gateway.connections() > 0 || !open.isEmpty()) {
        Thread.onSpinWait();
      }
      gateway.close(Duration.ofSeconds(30));
      assertThat(notDisconnected).isEmpty();
    }
  }

  /** Begins some handshakes, lets their time pass, and completes them while the gateway looks for late ones. */
  private void handshakes(int port, byte[] request) throws IOException {
    Deque<SocketChannel> clients = new ArrayDeque<>();
    for (int i = 0; i < AT_ONCE; i++) {
      SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.write(ByteBuffer.wrap(request, 0, request.length - 1));
      clients.add(client);
    }
    clock.advance(Duration.ofSeconds(10));
    for (SocketChannel client : clients) {
      write(client, ByteBuffer.wrap(request, request.length - 1, 1));
    }
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private static void write(SocketChannel client, ByteBuffer last) {
    try {
      client.write(last);
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
    }
  }
}
