package dev.pinion.gateway;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where handlers run that have left their event loop, such that those that compute hold up no others. Thread-safe.
 *
 * <pre>
 *   connections whose handlers are short: the JVM's pool; when its threads are held up it gets more
 *   connections whose handlers compute:   a pool of their own, as many threads as processors
 * </pre>
 *
 * <p>The operating system shares the processors between the threads of both. What a stretch of a virtual thread
 * computes is measured here, and reported to its connection. Without access to the JVM's scheduler all run in the
 * JVM's pool, which is then not relieved.
 */
final class HandlerPools implements Watchdog.Watched {
  private static final long LONG_NANOS = 3_000_000;
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final int MOST_THREADS = 64;

  private final ThreadPoolExecutor computing = computing();
  private final AtomicInteger stretches = new AtomicInteger();
  private final ForkJoinPool pool;
  private final PoolRelief relief;
  private long completedBefore;
  private int roundsWithout;

  HandlerPools() {
    pool = HandlerThreads.pool().orElse(ForkJoinPool.commonPool());
    relief = new PoolRelief(pool);
  }

  private static ThreadPoolExecutor computing() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            PROCESSORS, PROCESSORS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            task -> Thread.ofPlatform().daemon().name("pinion-computing-" + number.incrementAndGet()).unstarted(task));
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  /** A handler has held up an event loop. By the watchdog. */
  void loopHeldUp() {
    relief.prepare();
  }

  /** Runs a stretch of a connection's thread. */
  void execute(HandlerThread.Queue queue, Runnable stretch) {
    stretches.incrementAndGet();
    (queue.computes() ? computing : pool).execute(() -> run(queue, stretch));
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
    }
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public boolean relieve() {
    boolean busy = stretches.get() > 0;
    relief.look(busy);
    relieveComputing();
    return busy || relief.isRaised();
  }

  /** Some endless handlers must not keep all others that compute from running. */
  private void relieveComputing() {
    long completed = computing.getCompletedTaskCount();
    boolean stuck = !computing.getQueue().isEmpty() && completed == completedBefore;
    completedBefore = completed;
    roundsWithout = stuck ? roundsWithout + 1 : 0;
    if (roundsWithout >= PoolRelief.ROUNDS_PER_SECOND && computing.getCorePoolSize() < MOST_THREADS) {
      computing.setMaximumPoolSize(computing.getCorePoolSize() + 1);
      computing.setCorePoolSize(computing.getMaximumPoolSize());
      roundsWithout = 0;
    } else if (computing.getCorePoolSize() > PROCESSORS && computing.getActiveCount() == 0) {
      computing.setCorePoolSize(PROCESSORS);
      computing.setMaximumPoolSize(PROCESSORS);
    }
  }
}
