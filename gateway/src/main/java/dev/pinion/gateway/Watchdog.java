package dev.pinion.gateway;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees to it that a handler which computes, or blocks its carrier, holds up its event loop for some 20 ms at most.
 *
 * <p>One thread for all loops, which sleeps while none of them runs handlers. It ends when all loops have ended; until
 * then it keeps the JVM alive.
 */
final class Watchdog implements Runnable {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final int IDLE_ROUNDS = 5;

  private final List<EventLoop> loops;
  private final Thread thread = new Thread(this, "pinion-watchdog");
  private volatile boolean asleep;
  private volatile boolean stopping;

  Watchdog(List<EventLoop> loops) {
    this.loops = loops;
  }

  void start() {
    thread.start();
  }

  /** Ends the thread once all loops have ended. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** A loop runs handlers. Any thread. */
  void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    int idle = 0;
    while (!stopping || !loops.stream().allMatch(EventLoop::hasEnded)) {
      idle = look() || stopping ? 0 : idle + 1;
      if (idle < IDLE_ROUNDS) {
        LockSupport.parkNanos(this, PERIOD_NANOS);
      } else {
        asleep = true;
        if (!look() && !stopping) {
          LockSupport.park(this);
        }
        asleep = false;
        idle = 0;
      }
    }
  }

  /** Whether any loop has to be looked after. */
  private boolean look() {
    boolean busy = false;
    for (EventLoop loop : loops) {
      busy |= loop.relieve();
    }
    return busy;
  }
}
