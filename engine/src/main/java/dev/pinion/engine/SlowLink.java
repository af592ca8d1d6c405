package dev.pinion.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a slow network: bytes that were given to it can be taken once they have arrived, in their order. It
 * holds as many as are on their way; more must wait with whoever sends them. Thread-safe.
 */
final class SlowLink {
  /** Bytes arrive in pieces of this size, as in the packets of a network. */
  private static final int PACKET = 1400;
  /** So much is on its way at least, as in the buffers of both ends. */
  private static final long LEAST_ROOM = 64 * 1024;
  private static final long MOST_ROOM = 1024 * 1024;
  private static final double NANOS = 1e9;

  private final Deque<Packet> packets = new ArrayDeque<>();
  private Network network = Network.AS_IT_IS;
  private long bytes;
  /** When the last byte has left the sender. */
  private long leftAt = System.nanoTime();
  /** When the last byte arrives: a delay that becomes shorter lets none overtake another. */
  private long arrivesAt = leftAt;

  private record Packet(ByteBuffer data, long due) {}

  /** Sets how slow it is for what comes from now on. */
  synchronized void network(Network next) {
    network = next;
  }

  synchronized Network network() {
    return network;
  }

  synchronized boolean isEmpty() {
    return packets.isEmpty();
  }

  /** Returns whether nothing is on its way and nothing is held up. */
  synchronized boolean isIdle() {
    return packets.isEmpty() && network.equals(Network.AS_IT_IS);
  }

  /** Returns how many more bytes it takes now. */
  synchronized long room() {
    double product = network.delay().toNanos() / NANOS * network.bytesPerSecond();
    long most = network.bytesPerSecond() == 0 ? MOST_ROOM : Math.clamp((long) product, LEAST_ROOM, MOST_ROOM);
    return Math.max(0, most - bytes);
  }

  /** Takes bytes from a buffer, as many as there is room for, and returns how many. */
  synchronized int take(ByteBuffer source) {
    int count = (int) Math.min(room(), source.remaining());
    for (int left = count; left > 0; left -= PACKET) {
      byte[] data = new byte[Math.min(left, PACKET)];
      source.get(data);
      add(ByteBuffer.wrap(data));
    }
    return count;
  }

  private void add(ByteBuffer data) {
    int length = data.remaining();
    long now = System.nanoTime();
    if (now - leftAt > 0) leftAt = now;
    if (network.bytesPerSecond() > 0) leftAt += (long) (length * NANOS / network.bytesPerSecond());
    long due = leftAt + network.delay().toNanos();
    if (due - arrivesAt > 0) arrivesAt = due;
    packets.add(new Packet(data, arrivesAt));
    bytes += length;
  }

  /** Returns the next bytes that have arrived; null if there are none. */
  synchronized @Nullable ByteBuffer arrived() {
    Packet next = packets.peek();
    if (next == null || next.due - System.nanoTime() > 0) return null;
    packets.remove();
    bytes -= next.data.remaining();
    return next.data;
  }

  /** Writes what has arrived, as far as a channel takes it. Nothing else may be taken from it meanwhile. */
  synchronized void deliver(WritableByteChannel channel) throws IOException {
    for (Packet next = packets.peek(); next != null && next.due - System.nanoTime() <= 0; next = packets.peek()) {
      bytes -= channel.write(next.data);
      if (next.data.hasRemaining()) return;
      packets.remove();
    }
  }

  /** Lets all that is on its way arrive now. */
  synchronized void hurry() {
    network = Network.AS_IT_IS;
    Deque<Packet> all = new ArrayDeque<>(packets);
    packets.clear();
    leftAt = System.nanoTime();
    arrivesAt = leftAt;
    all.forEach(each -> packets.add(new Packet(each.data, leftAt)));
  }

  /** Drops all that is on its way. */
  synchronized void clear() {
    packets.clear();
    bytes = 0;
  }
}
