package dev.pinion.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The memory from which the sockets of one loop are written: one buffer outside the heap, for whoever writes. Who comes
 * while another thread has it gets a buffer of its own. Thread-safe.
 */
final class SendBuffer {
  private final AtomicReference<@Nullable SendBatch> free = new AtomicReference<>();
  private final int size;

  /** A buffer of a number of bytes. */
  SendBuffer(int size) {
    this.size = size;
    free.set(SendBatch.lasting(size));
  }

  /** Returns a buffer of so many bytes, or of the most there are. It belongs to the caller until {@link #give}. */
  SendBatch take(int bytes) {
    SendBatch taken = free.getAndSet(null);
    return taken == null ? SendBatch.brief(Math.min(bytes, size)) : taken;
  }

  /** Takes a buffer back; the one outside the heap is used again. */
  void give(SendBatch taken) {
    if (taken.isLasting()) {
      free.setRelease(taken);
    }
  }
}
