package dev.pinion.gateway;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits to some 20 ms how long a handler that computes, or blocks its carrier, holds up its event loop.
 *
 * <p>One thread for all loops, which sleeps while none of them runs handlers. It ends when all loops have ended; until
 * then it keeps the JVM alive.
 */
final class Watchdog implements Runnable {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final int IDLE_ROUNDS = 5;

  private final Thread thread = new Thread(null, this, "pinion-watchdog", 0, false);
  private List<Watched> loops = List.of();
  private volatile boolean asleep;
  private volatile boolean stopping;

  /** An event loop that handlers may hold up, or what else they run on. Called by the watchdog. */
  interface Watched {

    /** Gives it another thread when it is held up. Returns whether to ask again soon. */
    boolean relieve();

    /** Returns whether it has ended. */
    boolean hasEnded();
  }

  /** Starts the thread, for some loops. */
  void start(List<? extends Watched> watched) {
    loops = List.copyOf(watched);
    thread.start();
  }

  /** Ends the thread once all loops have ended. */
  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Notes that a loop runs handlers. Any thread. */
  void wake() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    int idle = 0;
    while (!stopping || !loops.stream().allMatch(Watched::hasEnded)) {
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

  private boolean look() {
    boolean busy = false;
    for (Watched loop : loops) {
      busy |= loop.relieve();
    }
    return busy;
  }
}
