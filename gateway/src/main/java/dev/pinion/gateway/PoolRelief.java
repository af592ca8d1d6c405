package dev.pinion.gateway;

import java.util.concurrent.ForkJoinPool;

/**
 * Gives the JVM's pool of carrier threads more threads while its own are held up, by handlers that compute or pin them.
 *
 * <p>A probe is a task like all others: when it has not run one round after it was submitted, others wait too.
 *
 * <pre>
 *             a loop is held up: four more threads;
 *             a probe waits for a round: one more, then two, four, ...
 *   NORMAL ----------------------------------------------> RAISED
 *      ^                                                     |
 *      `------ probes run at once for two seconds -----------'
 * </pre>
 *
 * <p>Any thread; the watchdogs call it.
 */
final class PoolRelief {
  /** How often {@link #look} is called while handlers run. */
  static final int ROUNDS_PER_SECOND = 100;

  private static final int MOST_THREADS = 256;
  private static final int HEADROOM = 4;

  private final ForkJoinPool pool;
  private final int normal;
  private int step = 1;
  private boolean probing;
  private volatile boolean probed;
  private int goodRounds;

  PoolRelief(ForkJoinPool pool) {
    this.pool = pool;
    normal = pool.getParallelism();
  }

  synchronized boolean isRaised() {
    return pool.getParallelism() > normal;
  }

  /** Prepares for handlers that compute: one has just held up an event loop, and others may follow at once. */
  synchronized void prepare() {
    goodRounds = 0;
    raise(normal + HEADROOM);
  }

  private void raise(int threads) {
    int most = Math.min(threads, MOST_THREADS);
    if (pool.getPoolSize() >= pool.getParallelism() && pool.getParallelism() < most) pool.setParallelism(most);
    if (pool.getPoolSize() < pool.getParallelism()) submit();
  }

  /**
   * Makes the pool start one of the threads that it may now have. It does so when something is submitted to a queue
   * that is empty, and each thread that submits has one, more or less: that of this thread may be full.
   */
  private void submit() {
    Thread.ofPlatform().daemon().name("pinion-relief").inheritInheritableThreadLocals(false)
        .start(() -> pool.execute(() -> {}));
  }

  /** Looks whether the last probe has run; sends another one if tasks are in the pool. */
  synchronized void look(boolean busy) {
    if (probing && !probed) {
      goodRounds = 0;
      raise(pool.getParallelism() + step);
      step = Math.min(2 * step, MOST_THREADS);
      return;
    }
    goodRounds++;
    step = 1;
    if (isRaised() && goodRounds > 2 * ROUNDS_PER_SECOND) {
      pool.setParallelism(normal);
    }
    probing = busy;
    if (busy) {
      probed = false;
      pool.execute(() -> probed = true);
    }
  }
}
