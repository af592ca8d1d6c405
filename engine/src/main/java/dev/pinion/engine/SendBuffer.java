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
  private final ByteBuffer shared;

  /** A buffer of a number of bytes. */
  SendBuffer(int size) {
    shared = ByteBuffer.allocateDirect(size);
    free.set(shared);
  }

  /** Returns a buffer of so many bytes, or of the most there are. It belongs to the caller until {@link #give}. */
  ByteBuffer take(int bytes) {
    ByteBuffer taken = free.getAndSet(null);
    return taken == null ? ByteBuffer.allocate(Math.min(bytes, shared.capacity())) : taken;
  }

  /** Takes a buffer back. */
  void give(ByteBuffer taken) {
    if (taken == shared) {
      free.setRelease(taken);
    }
  }
}
