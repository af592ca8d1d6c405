package dev.pinion.gateway;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where handlers run that have left their event loop, such that those that compute hold up no others. Thread-safe.
 *
 * <pre>
 *   connections whose handlers are short: the JVM's pool; when its threads are held up it gets more
 *   connections whose handlers compute:   a pool of their own, as many threads as processors,
 *                                         shared fairly
 * </pre>
 *
 * <p>The operating system shares the processors between the threads of both. What a stretch of a virtual thread
 * computes is measured here, and reported to its connection. Without access to the JVM's scheduler all run in the
 * JVM's pool, which is then not relieved.
 */
final class HandlerPools implements Watchdog.Watched {
  private static final long LONG_NANOS = 3_000_000;
  private static final int MOST_THREADS = 64;

  private final ComputingPool computing = new ComputingPool();
  private final AtomicInteger stretches = new AtomicInteger();
  private final ForkJoinPool pool;
  private final Optional<PoolRelief> relief;
  private final Watchdog watchdog = new Watchdog("pinion-pool-watchdog", true);
  private final AtomicBoolean watched = new AtomicBoolean();
  private long completedBefore;
  private int roundsWithout;

  HandlerPools() {
    Optional<ForkJoinPool> carriers = HandlerThreads.pool();
    pool = carriers.orElse(ForkJoinPool.commonPool());
    relief = carriers.map(PoolRelief::new); // the common pool is the app's own
  }

  /** A handler has held up an event loop. By the watchdog. */
  void loopHeldUp() {
    relief.ifPresent(PoolRelief::prepare);
    watch();
  }

  /** A handler that has no event loop runs in the JVM's pool from now on. */
  void entered() {
    stretches.incrementAndGet();
    watch();
  }

  /** Such a handler has ended. */
  void left() {
    stretches.decrementAndGet();
  }

  private void watch() {
    if (watched.get()) {
      watchdog.wake();
    } else if (watched.compareAndSet(false, true)) {
      watchdog.start(List.of(this));
    }
  }

  /** Runs a stretch of a connection's thread. */
  void execute(HandlerThread.Queue queue, Runnable stretch) {
    stretches.incrementAndGet();
    watch();
    if (queue.computes()) {
      computing.execute(queue.share(), () -> run(queue, stretch));
    } else {
      pool.execute(() -> run(queue, stretch));
    }
  }

  private void run(HandlerThread.Queue queue, Runnable stretch) {
    long began = System.nanoTime();
    try {
      stretch.run();
    } finally {
      stretches.decrementAndGet();
      if (System.nanoTime() - began > LONG_NANOS) {
        queue.computedLong();
      } else {
        queue.computedShort();
      }
      queue.stretchEnded();
    }
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public boolean relieve() {
    boolean busy = stretches.get() > 0;
    relief.ifPresent(each -> each.look(busy));
    relieveComputing();
    return busy || relief.filter(PoolRelief::isRaised).isPresent();
  }

  /** Some endless handlers must not keep all others that compute from running. */
  private void relieveComputing() {
    long completed = computing.completed();
    boolean stuck = computing.isBehind() && completed == completedBefore;
    completedBefore = completed;
    roundsWithout = stuck ? roundsWithout + 1 : 0;
    if (roundsWithout >= PoolRelief.ROUNDS_PER_SECOND) {
      computing.grow(MOST_THREADS);
      roundsWithout = 0;
    } else {
      computing.shrink();
    }
  }
}
