package dev.pinion.awsclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** A server whose response comes a byte every 50 ms. */
final class DrippingServer implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

  DrippingServer() throws IOException {
    Thread.startVirtualThread(this::drip);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  private void drip() {
    try (Socket socket = server.accept()) {
      for (int i = 0; i < 400; i++) {
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".charAt(Math.min(i, 18)));
        LockSupport.parkNanos(50_000_000);
      }
    } catch (IOException _) {
      // the client has given up
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
