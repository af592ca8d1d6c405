package dev.pinion.awsclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers each TLS handshake with a fatal alert.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-6">RFC 8446, section 6: alerts</a>
 */
final class AlertingServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger connections = new AtomicInteger();
  private final byte[] alert;

  /** Starts the server with the number of an alert. */
  AlertingServer(int description) throws IOException {
    alert = new byte[] {21, 3, 3, 0, 2, 2, (byte) description};
    Thread.startVirtualThread(this::accept);
  }

  String url() {
    return "https://127.0.0.1:" + server.getLocalPort() + "/";
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        byte[] header = socket.getInputStream().readNBytes(5);
        int length = ((header[3] & 0xff) << 8) | (header[4] & 0xff);
        var _ = socket.getInputStream().readNBytes(length);
        socket.getOutputStream().write(alert);
        socket.shutdownOutput();
        var _ = socket.getInputStream().readAllBytes();
      } catch (IOException _) {
        // the client has gone, or the test is over
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
