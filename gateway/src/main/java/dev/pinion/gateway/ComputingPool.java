package dev.pinion.gateway;

import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads for handlers that compute, shared fairly between connections: whoever has had the least of them comes
 * first. So a connection whose handlers are short, but that had to wait for a processor and therefore seemed to
 * compute, does not wait behind the queues of all others. Thread-safe.
 *
 * <p>This is start-time fair queuing: a stretch begins at the time that its connection has used, but not before the
 * begin of the one that was started last, so nobody saves up time by having nothing to do.
 */
final class ComputingPool {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong sequence = new AtomicLong();
  private final ThreadPoolExecutor threads = threads();

  /** How long a connection's stretches have taken, in nanoseconds, and those that wait are expected to. Thread-safe. */
  static final class Share {
    private long used;
    private long last;

    private synchronized long begin(long earliest) {
      long begin = Math.max(used, earliest);
      used = begin + last;
      return begin;
    }

    /** Corrects what was expected of the stretch. */
    private synchronized void took(long nanos) {
      used += nanos - last;
      last = nanos;
    }
  }

  /** One stretch that waits for a thread. */
  private record Waiting(long begin, long number, Runnable stretch) implements Runnable {
    @Override
    public void run() {
      stretch.run();
    }
  }

  private static ThreadPoolExecutor threads() {
    AtomicInteger number = new AtomicInteger();
    Comparator<Waiting> order = Comparator.comparingLong(Waiting::begin).thenComparingLong(Waiting::number);
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            PROCESSORS, PROCESSORS, 10, TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(16, (one, other) -> order.compare((Waiting) one, (Waiting) other)),
            task -> Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon()
                .name("pinion-computing-" + number.incrementAndGet()).unstarted(task));
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  /** Runs a connection's stretch when its turn comes. */
  void execute(Share share, Runnable stretch) {
    long begin = share.begin(begun.get());
    threads.execute(new Waiting(begin, sequence.incrementAndGet(), () -> run(share, begin, stretch)));
  }

  private void run(Share share, long begin, Runnable stretch) {
    begun.accumulateAndGet(begin, Math::max);
    long at = System.nanoTime();
    try {
      stretch.run();
    } finally {
      share.took(System.nanoTime() - at);
    }
  }

  /** Returns how many stretches have ended, roughly. */
  long completed() {
    return threads.getCompletedTaskCount();
  }

  /** Returns whether stretches wait for a thread. */
  boolean isBehind() {
    return !threads.getQueue().isEmpty();
  }

  /** Adds a thread, up to a number. */
  void grow(int most) {
    int size = threads.getCorePoolSize();
    if (size < most) {
      threads.setMaximumPoolSize(size + 1);
      threads.setCorePoolSize(size + 1);
    }
  }

  /** Returns to as many threads as processors, if none of them has work. */
  void shrink() {
    if (threads.getCorePoolSize() > PROCESSORS && threads.getActiveCount() == 0) {
      threads.setCorePoolSize(PROCESSORS);
      threads.setMaximumPoolSize(PROCESSORS);
    }
  }
}
