package dev.pinion.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Clients that send a message whenever an answer arrives. All clients run on one thread, and are the same for every
 * server.
 *
 * <p>Messages and answers are fixed frames: the clients compare the first answer, and then only count bytes. Used by
 * one thread.
 */
final class Load implements AutoCloseable {
  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};
  private static final long SILENCE_NANOS = 10_000_000_000L;

  /** Which clients send, and which get answers. */
  enum Pattern {
    /** Each client gets its own messages back. */
    ECHO,
    /** All clients get the first client's messages. */
    BROADCAST
  }

  private final MeasuredServer server;
  private final Pattern pattern;
  private final Selector selector = Selector.open();
  private final List<SocketChannel> sockets;
  private final byte[] frame;
  private final byte[] answer;
  private final int[] partial;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer out;
  private long received;
  private long awaited;
  private boolean sending;

  /** Opens the clients, and waits until each of them has received its own message. */
  Load(MeasuredServer server, Pattern pattern, int connections, int payload, int mostInFlight)
      throws IOException {
    this.server = server;
    this.pattern = pattern;
    frame = frame(payload);
    answer = answer(payload);
    sockets = ClientSockets.open(server, connections);
    partial = new int[connections];
    out = ByteBuffer.allocateDirect(frame.length * mostInFlight);
    while (out.hasRemaining()) {
      out.put(frame);
    }
    check();
    for (int i = 0; i < connections; i++) {
      sockets.get(i).configureBlocking(false);
      sockets.get(i).register(selector, SelectionKey.OP_READ, i);
    }
  }

  private static byte[] frame(int payload) {
    byte[] head = head(0x80, payload);
    byte[] frame = Arrays.copyOf(head, head.length + MASK.length + payload);
    System.arraycopy(MASK, 0, frame, head.length, MASK.length);
    for (int i = 0; i < payload; i++) {
      frame[head.length + MASK.length + i] = (byte) ('a' ^ MASK[i % 4]);
    }
    return frame;
  }

  private static byte[] answer(int payload) {
    byte[] head = head(0, payload);
    byte[] answer = Arrays.copyOf(head, head.length + payload);
    Arrays.fill(answer, head.length, answer.length, (byte) 'a');
    return answer;
  }

  private static byte[] head(int masked, int payload) {
    return payload < 126 ? new byte[] {(byte) 0x81, (byte) (masked | payload)}
        : new byte[] {(byte) 0x81, (byte) (masked | 126), (byte) (payload >> 8), (byte) payload};
  }

  private void check() throws IOException {
    send(sockets.getFirst(), 1);
    ByteBuffer got = ByteBuffer.allocate(answer.length);
    for (SocketChannel socket : pattern == Pattern.ECHO ? sockets.subList(0, 1) : sockets) {
      got.clear();
      while (got.hasRemaining()) {
        if (socket.read(got) < 0) {
          throw new IOException("the server closed");
        }
      }
      if (!got.flip().equals(ByteBuffer.wrap(answer))) {
        throw new IOException("the answer differs from the message");
      }
    }
  }

  /** Keeps a number of messages of each sender in flight for some time, and waits for the last answers. */
  Sample run(int inFlight, Duration length) throws IOException {
    received = 0;
    awaited = 0;
    long cpu = server.cpuNanos();
    long start = System.nanoTime();
    sending = true;
    for (SocketChannel socket : pattern == Pattern.ECHO ? sockets : sockets.subList(0, 1)) {
      send(socket, inFlight);
    }
    long heard = start;
    while (sending || received < awaited) {
      boolean silent = selector.select(this::receive, 1000) == 0;
      long now = System.nanoTime();
      heard = silent ? heard : now;
      if (now - heard > SILENCE_NANOS) {
        throw new IOException("no answer for 10 s; " + (awaited - received) + " are missing");
      }
      if (pattern == Pattern.BROADCAST && sending) {
        int done = inFlight - (int) ((awaited - received + sockets.size() - 1) / sockets.size());
        send(sockets.getFirst(), done);
      }
      sending = now - start < length.toNanos();
    }
    return new Sample(received, server.cpuNanos() - cpu, System.nanoTime() - start);
  }

  private void receive(SelectionKey key) {
    int index = (int) key.attachment();
    SocketChannel socket = (SocketChannel) key.channel();
    try {
      in.clear();
      int count = socket.read(in);
      if (count < 0) {
        throw new IOException("the server closed");
      }
      int bytes = partial[index] + count;
      int messages = bytes / answer.length;
      partial[index] = bytes % answer.length;
      received += messages;
      if (pattern == Pattern.ECHO && sending) {
        send(socket, messages);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void send(SocketChannel socket, int messages) throws IOException {
    awaited += (long) messages * (pattern == Pattern.ECHO ? 1 : sockets.size());
    out.clear().limit(messages * frame.length);
    while (out.hasRemaining()) {
      socket.write(out);
    }
  }

  @Override
  public void close() throws IOException {
    ClientSockets.close(sockets);
    selector.close();
  }
}
