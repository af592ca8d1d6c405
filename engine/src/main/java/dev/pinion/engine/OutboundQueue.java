package dev.pinion.engine;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The encoded frames that wait for one socket, first in first out, bounded in the
 * memory that they take.
 *
 * <p>Not thread-safe: its {@link SocketOutput} guards it.
 */
final class OutboundQueue {
  private static final int SMALL = 8;
  private static final @Nullable OutboundFrame[] EMPTY = {};

  /** That of an idle socket, to which nothing is added. */
  static final OutboundQueue NONE = new OutboundQueue(0);

  private final int limit;
  private @Nullable OutboundFrame[] ring = EMPTY;
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
    return bytes + count * OutboundFrame.OBJECTS;
  }

  /** Adds a frame; returns false when others wait and that would exceed the limit. */
  boolean offer(OutboundFrame frame) {
    if (count > 0 && memory() > limit - frame.length() - OutboundFrame.OBJECTS) {
      return false;
    }
    add(frame);
    return true;
  }

  /** Adds a frame whatever the limit. */
  void add(OutboundFrame frame) {
    int length = frame.length();
    if (count == ring.length) {
      grow();
    }
    int at = index(count);
    // From here on no method is called: the stack of a sender may end in one.
    ring[at] = frame;
    count++;
    bytes += length;
  }

  /** Copies as much as fits of what is next into a whole array; the buffer is ready to be written afterwards. */
  ByteBuffer gather(ByteBuffer target) {
    byte[] array = target.array();
    int at = target.arrayOffset();
    int offset = written;
    for (int i = 0; i < count && at < array.length; i++) {
      at = frame(i).copy(offset, array, at);
      offset = 0;
    }
    return target.clear().limit(at);
  }

  /** Drops bytes that have been written; all of them may have been dropped meanwhile. */
  void written(int number) {
    if (count == 0) {
      return;
    }
    bytes -= number;
    int left = number + written;
    while (count > 0 && left >= frame(0).length()) {
      left -= frame(0).length();
      ring[first] = null;
      first = index(1);
      count--;
    }
    written = left;
    if (count == 0 && ring.length > SMALL) {
      ring = EMPTY;
      first = 0;
    }
  }

  private OutboundFrame frame(int offset) {
    return Objects.requireNonNull(ring[index(offset)]);
  }

  private int index(int offset) {
    return (first + offset) & (ring.length - 1);
  }

  private void grow() {
    @Nullable OutboundFrame[] larger = new OutboundFrame[Math.max(SMALL, 2 * ring.length)];
    for (int i = 0; i < count; i++) {
      larger[i] = ring[index(i)];
    }
    ring = larger;
    first = 0;
  }
}
