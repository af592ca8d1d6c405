package dev.pinion.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Opens WebSockets to a server, no faster than API Gateway's quota for new connections allows. */
final class ClientSockets {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int BURST = 400;
  private static final long PACE_NANOS = 2_200_000;
  private static final String END_OF_HEAD = "\r\n\r\n";

  private ClientSockets() {}

  /** Opens a number of WebSockets, as blocking channels. */
  static List<SocketChannel> open(MeasuredServer server, int count) throws IOException {
    List<SocketChannel> sockets = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (i > BURST) {
        next += PACE_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
      sockets.add(open(server));
    }
    return sockets;
  }

  /** Opens one WebSocket, as a blocking channel. */
  static SocketChannel open(MeasuredServer server) throws IOException {
    SocketChannel socket = SocketChannel.open(new InetSocketAddress(LOOPBACK, server.port()));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String request = "GET " + server.path() + " HTTP/1.1\r\nHost: localhost:" + server.port()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
        + "\r\nSec-WebSocket-Version: 13" + END_OF_HEAD;
    ByteBuffer out = ByteBuffer.wrap(request.getBytes(ISO_8859_1));
    while (out.hasRemaining()) {
      socket.write(out);
    }
    String answer = head(socket);
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("the handshake was answered " + answer);
    }
    return socket;
  }

  private static String head(SocketChannel socket) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(4096);
    String head = "";
    while (!head.endsWith(END_OF_HEAD)) {
      if (socket.read(in) < 0) {
        throw new IOException("the server closed after " + head);
      }
      head = new String(in.array(), 0, in.position(), ISO_8859_1);
    }
    return head;
  }

  static void close(List<SocketChannel> sockets) throws IOException {
    for (SocketChannel socket : sockets) {
      socket.close();
    }
  }
}
