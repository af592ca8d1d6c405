package dev.pinion.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The encoded frames that wait for one socket, first in first out, bounded in the
 * memory that they take. A frame may wait for many sockets at once: it is never changed.
 *
 * <p>Not thread-safe: its {@link ClientSocket} guards it.
 */
final class OutboundQueue {
  /** What a frame takes beside its bytes: an array's head and padding, and its place in the ring. */
  static final int FRAME_BYTES = 32;

  private static final int SMALL = 8;
  private static final byte[][] NONE = {};
  private static final byte[] NO_FRAME = {};

  private final int limit;
  private byte[][] ring = NONE;
  private int first;
  private int count;
  private int written;
  private int bytes;

  OutboundQueue(int limit) {
    this.limit = limit;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int bytes() {
    return bytes;
  }

  /** Returns how many bytes of memory the frames take. */
  int memory() {
    return bytes + count * FRAME_BYTES;
  }

  /** Adds a frame; returns false when others wait and that would exceed the limit. */
  boolean offer(byte[] frame) {
    if (count > 0 && memory() > limit - frame.length - FRAME_BYTES) {
      return false;
    }
    add(frame);
    return true;
  }

  /** Adds a frame whatever the limit. */
  void add(byte[] frame) {
    if (count == ring.length) {
      grow();
    }
    ring[index(count)] = frame;
    count++;
    bytes += frame.length;
  }

  /** Copies as much as fits of what is next; the buffer is ready to be written afterwards. */
  ByteBuffer gather(ByteBuffer target) {
    target.clear();
    int offset = written;
    for (int i = 0; i < count && target.hasRemaining(); i++) {
      byte[] frame = ring[index(i)];
      target.put(frame, offset, Math.min(target.remaining(), frame.length - offset));
      offset = 0;
    }
    return target.flip();
  }

  /** What is next in a buffer of its own: a single frame as it is, several joined up to a number of bytes. */
  ByteBuffer gather(int most) {
    if (count == 1) {
      byte[] frame = ring[first];
      return ByteBuffer.wrap(frame, written, frame.length - written);
    }
    return gather(ByteBuffer.allocate(Math.min(most, bytes)));
  }

  /** Drops bytes that have been written. */
  void written(int number) {
    bytes -= number;
    int left = number + written;
    while (count > 0 && left >= ring[first].length) {
      left -= ring[first].length;
      ring[first] = NO_FRAME;
      first = index(1);
      count--;
    }
    written = left;
    if (count == 0 && ring.length > SMALL) {
      ring = NONE;
      first = 0;
    }
  }

  /** Whether there is memory to give back, as far as a thread sees that does not guard it. */
  boolean takesMemory() {
    return ring.length > 0;
  }

  /** Gives back the memory of an empty queue. */
  void trim() {
    if (count == 0) {
      ring = NONE;
      first = 0;
    }
  }

  /** Drops everything. */
  void clear() {
    ring = NONE;
    first = 0;
    count = 0;
    written = 0;
    bytes = 0;
  }

  private int index(int offset) {
    return (first + offset) & (ring.length - 1);
  }

  private void grow() {
    byte[][] larger = new byte[Math.max(SMALL, 2 * ring.length)][];
    for (int i = 0; i < count; i++) {
      larger[i] = ring[index(i)];
    }
    Arrays.fill(larger, count, larger.length, NO_FRAME);
    ring = larger;
    first = 0;
  }
}
