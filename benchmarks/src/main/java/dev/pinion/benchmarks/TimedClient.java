package dev.pinion.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A well-behaved client that sends a message every 20 ms and takes the time until the same text comes back. */
final class TimedClient implements AutoCloseable {
  private static final long PACE_MILLIS = 20;
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final List<Double> millis = new ArrayList<>();

  TimedClient(MeasuredServer server) throws IOException {
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(Misbehaviour.handshake(server.port(), server.path()));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (head.indexOf("HTTP/1.1 101 ") != 0) throw new IOException("the handshake was answered " + head);
  }

  /** Sends until it has to stop. */
  void run(AtomicBoolean stop) throws IOException, InterruptedException {
    for (long i = 0; !stop.get(); i++) {
      long start = System.nanoTime();
      String text = "timed " + i;
      String answer = ask(text);
      if (!answer.equals(text)) throw new IOException("the answer to " + text + " was " + answer);
      millis.add((System.nanoTime() - start) / 1e6);
      Thread.sleep(PACE_MILLIS);
    }
  }

  /** Sends a text, and returns the answer that is not a broadcast. */
  String ask(String text) throws IOException {
    socket.getOutputStream().write(Misbehaviour.frame(0x81, text.getBytes(UTF_8)));
    while (true) {
      String answer = next();
      if (!answer.startsWith("broadcast")) return answer;
    }
  }

  private String next() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) length = in.readUnsignedShort();
    byte[] payload = new byte[length];
    in.readFully(payload);
    if (first != 0x81) throw new IOException("a frame " + first + ": " + Arrays.toString(payload));
    return new String(payload, UTF_8);
  }

  /** Returns how many answers came, and how long the given part of them took at most. */
  String figures() {
    List<Double> sorted = millis.stream().sorted().toList();
    return String.format(Locale.ROOT, "%,d | %.1f ms | %.1f ms | %.0f ms", sorted.size(), at(sorted, 0.5),
        at(sorted, 0.99), sorted.getLast());
  }

  /** Returns the time within which the given part of the answers came. */
  double percentile(double part) {
    return at(millis.stream().sorted().toList(), part);
  }

  private static double at(List<Double> sorted, double part) {
    return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * part));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
