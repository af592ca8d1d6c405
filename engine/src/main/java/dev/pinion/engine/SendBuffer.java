package dev.pinion.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The array from which the sockets of one loop are written, for whoever writes: to add a short frame to it costs
 * little, and the JDK copies it once to where the kernel takes it from. Who comes while another thread has it gets one
 * of its own. Thread-safe.
 */
final class SendBuffer {
  private final AtomicReference<@Nullable ByteBuffer> free = new AtomicReference<>();
  private final int size;

  /** A buffer of a number of bytes. */
  SendBuffer(int size) {
    this.size = size;
    free.set(ByteBuffer.allocate(size));
  }

  /** Returns a buffer of so many bytes, or of the most there are. It belongs to the caller until {@link #give}. */
  ByteBuffer take(int bytes) {
    ByteBuffer taken = free.getAndSet(null);
    return taken == null ? ByteBuffer.allocate(Math.min(bytes, size)) : taken;
  }

  /** Takes a buffer back; one of the full size is used again. */
  void give(ByteBuffer taken) {
    if (taken.capacity() == size) {
      free.setRelease(taken);
    }
  }
}
