package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Sends messages at a steady rate over many WebSockets of a server that answers each with a version and its text, and
 * checks that each is answered once, in the order of its connection. One thread, except for what is volatile.
 */
final class ReloadLoad implements AutoCloseable {
  private static final int PER_SECOND = 1_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final List<SocketChannel> sockets;
  private final Selector selector;
  private long sent;
  private long answered;
  private long wrong;
  private long closed;
  private long longestNanos;
  private volatile int newest;

  /** What became of the messages of one run. */
  record Outcome(long sent, long lost, long wrong, long closed, double pauseMillis) {}

  /** A message that waits for its answer. */
  private record Sent(String text, long nanos) {}

  private static final class Client {
    final Deque<Sent> waiting = new ArrayDeque<>();
    final ByteBuffer in = ByteBuffer.allocate(4096);
  }

  ReloadLoad(MeasuredServer server, int connections) throws IOException {
    sockets = ClientSockets.open(server, connections);
    selector = Selector.open();
    for (SocketChannel each : sockets) {
      each.configureBlocking(false);
      each.register(selector, SelectionKey.OP_READ, new Client());
    }
  }

  /** Returns the newest version that has answered. Any thread. */
  int newest() {
    return newest;
  }

  /** Sends and receives until it has to stop, and all is answered. */
  Outcome run(AtomicBoolean stop) throws IOException {
    long start = System.nanoTime();
    long end = Long.MAX_VALUE;
    while (!stop.get() || answered < sent) {
      if (stop.get() && end == Long.MAX_VALUE) end = System.nanoTime() + PATIENCE_NANOS;
      if (System.nanoTime() > end) break;
      long due = (System.nanoTime() - start) * PER_SECOND / TimeUnit.SECONDS.toNanos(1);
      while (!stop.get() && sent < due) {
        send();
      }
      selector.selectNow(this::receive);
      Thread.onSpinWait();
    }
    return new Outcome(sent, sent - answered, wrong, closed, longestNanos / 1e6);
  }

  private void send() throws IOException {
    SocketChannel socket = sockets.get((int) (sent % sockets.size()));
    SelectionKey key = socket.keyFor(selector);
    String text = "m" + sent++;
    if (key == null || !(key.attachment() instanceof Client client)) return;
    client.waiting.add(new Sent(text, System.nanoTime()));
    ByteBuffer frame = ByteBuffer.wrap(Misbehaviour.frame(0x81, text.getBytes(US_ASCII)));
    while (frame.hasRemaining()) socket.write(frame);
  }

  private void receive(SelectionKey key) {
    if (!(key.attachment() instanceof Client client) || !(key.channel() instanceof SocketChannel socket)) return;
    try {
      if (socket.read(client.in) < 0) {
        closed++;
        key.cancel();
        return;
      }
    } catch (IOException e) {
      closed++;
      key.cancel();
      return;
    }
    client.in.flip();
    while (client.in.remaining() >= 2 && client.in.remaining() >= 2 + client.in.get(client.in.position() + 1)) {
      int first = client.in.get() & 0xff;
      byte[] payload = new byte[client.in.get()];
      client.in.get(payload);
      if (first == 0x81) answer(client, new String(payload, US_ASCII));
      else wrong++;
    }
    client.in.compact();
  }

  private void answer(Client client, String answer) {
    Sent expected = client.waiting.poll();
    int space = answer.indexOf(' ');
    if (expected == null || !answer.substring(space + 1).equals(expected.text())) {
      wrong++;
      return;
    }
    answered++;
    longestNanos = Math.max(longestNanos, System.nanoTime() - expected.nanos());
    newest = Math.max(newest, Integer.parseInt(answer.substring(0, space)));
  }

  @Override
  public void close() throws IOException {
    selector.close();
    ClientSockets.close(sockets);
  }
}
