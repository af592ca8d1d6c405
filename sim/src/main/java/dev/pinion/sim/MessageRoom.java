package dev.pinion.sim;

import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.StoredMessage;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * How much is in memory of messages whose handlers run: so many bytes, and what was taken last. The others stay in the
 * message store. Any thread.
 *
 * <p>As long as there is plenty of room, messages are taken by several threads at once, each of which has reserved the
 * bytes that it may take. Otherwise one takes at a time.
 */
final class MessageRoom {
  private final long most = Math.max(SqsQuotas.LARGEST_EVENT, Runtime.getRuntime().maxMemory() / 16);
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  /** Also what is reserved; then it is less than the most. */
  private final AtomicLong held = new AtomicLong();

  /** Whether no more messages are taken until others are handled. */
  boolean isFull() {
    return held.get() >= most;
  }

  /**
   * Takes messages if there is room.
   *
   * @param count how many messages it takes at most
   * @param taking takes messages, about as many bytes as it is called with
   * @return what it has taken; empty if there is no room
   */
  List<StoredMessage> take(int count, LongFunction<List<StoredMessage>> taking) {
    long reserved = Math.min(SqsQuotas.LARGEST_EVENT, (long) count * SqsQuotas.LARGEST_MESSAGE);
    lock.readLock().lock();
    try {
      if (reserve(reserved)) return taken(reserved, taking);
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      long left = most - held.get();
      if (left <= 0) return List.of();
      List<StoredMessage> taken = taking.apply(left);
      held.addAndGet(bytes(taken));
      return taken;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean reserve(long bytes) {
    for (long before = held.get(); before + bytes < most; before = held.get()) {
      if (held.compareAndSet(before, before + bytes)) return true;
    }
    return false;
  }

  private List<StoredMessage> taken(long reserved, LongFunction<List<StoredMessage>> taking) {
    long bytes = 0;
    try {
      List<StoredMessage> taken = taking.apply(reserved);
      bytes = bytes(taken);
      return taken;
    } finally {
      held.addAndGet(bytes - reserved);
    }
  }

  /** Takes note that messages are handled; returns whether there was no room before, so that others may be taken. */
  boolean free(Collection<StoredMessage> handled) {
    long bytes = bytes(handled);
    long before = held.getAndAdd(-bytes);
    return before >= most && before - bytes < most;
  }

  private static long bytes(Collection<StoredMessage> messages) {
    return messages.stream().mapToLong(each -> each.body().length()).sum();
  }
}
