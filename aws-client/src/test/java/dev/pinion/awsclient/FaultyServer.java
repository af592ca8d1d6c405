package dev.pinion.awsclient;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A server that answers each request with the next of some raw texts, the last one for ever. A text may be cut short,
 * or be one of the words below.
 */
final class FaultyServer implements AutoCloseable {
  /** Closes the connection without an answer. */
  static final String CLOSE = "close";
  /** Resets the connection. */
  static final String RESET = "reset";
  /** Never answers. */
  static final String STALL = "stall";
  /** Begins an answer and never goes on. */
  static final String HALF = "HTTP/1.1 200 HALF\r\nContent-Length: 10\r\n\r\n{}";

  private final ServerSocket server;
  private final List<String> answers;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch connected = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  FaultyServer(List<String> answers) throws IOException {
    this.answers = List.copyOf(answers);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /** A whole response. */
  static String response(int status, String headers, String body) {
    return "HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.getBytes(ISO_8859_1).length
        + "\r\n\r\n"
        + body;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  int requests() {
    return requests.get();
  }

  /** Waits for the first connection. */
  void awaitConnection() throws InterruptedException {
    connected.await();
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        connected.countDown();
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (readRequest(in)) {
        String answer = answers.get(Math.min(requests.getAndIncrement(), answers.size() - 1));
        switch (answer) {
          case CLOSE -> {
            return;
          }
          case RESET -> {
            socket.setSoLinger(true, 0);
            return;
          }
          case STALL -> {
            closed.await();
            return;
          }
          default -> {
            socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            if (answer.equals(HALF)) {
              closed.await();
            }
            if (!answer.contains("\r\n\r\n") || answer.startsWith("HTTP/1.1 200 CUT") || answer.equals(HALF)) {
              return;
            }
          }
        }
      }
    } catch (IOException _) {
      // the client's side of a fault
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean readRequest(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    return in.readNBytes(length).length == length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }
}
