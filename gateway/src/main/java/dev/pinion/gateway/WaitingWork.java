package dev.pinion.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The work of one connection that no handler has begun with, in its order. Guarded by the queue. */
final class WaitingWork {
  /** Null while the connection is idle: then it takes no memory. */
  private @Nullable Deque<Work> all;

  void add(Work work) {
    if (all == null) {
      all = new ArrayDeque<>(3);
    }
    all.add(work);
  }

  /** Removes the first and returns it, null when there is none. */
  @Nullable
  Work poll() {
    return all == null ? null : all.poll();
  }

  int size() {
    return all == null ? 0 : all.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  void forEach(Consumer<Work> action) {
    if (all != null) {
      all.forEach(action);
    }
  }

  /** Drops all, and gives back the memory. */
  void clear() {
    all = null;
  }

  /** Whether there is memory to give back, as far as a thread sees that does not hold the queue's lock. */
  boolean takesMemory() {
    return all != null;
  }
}
