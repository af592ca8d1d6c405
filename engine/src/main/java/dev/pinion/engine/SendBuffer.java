package dev.pinion.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The memory from which the sockets of one loop are written: one buffer outside the heap, for whoever writes. Who comes
 * while another thread has it gets a buffer of its own. Thread-safe.
 */
final class SendBuffer {
  private final AtomicReference<@Nullable ByteBuffer> free = new AtomicReference<>();
  private final int size;

  /** A buffer of a number of bytes. */
  SendBuffer(int size) {
    this.size = size;
    free.set(ByteBuffer.allocateDirect(size));
  }

  /** Returns a buffer of so many bytes, or of the most there are. It belongs to the caller until {@link #give}. */
  ByteBuffer take(int bytes) {
    ByteBuffer taken = free.getAndSet(null);
    return taken == null ? ByteBuffer.allocate(Math.min(bytes, size)) : taken;
  }

  /** Takes a buffer back; the one outside the heap is used again. */
  void give(ByteBuffer taken) {
    if (taken.isDirect()) {
      free.setRelease(taken);
    }
  }
}
