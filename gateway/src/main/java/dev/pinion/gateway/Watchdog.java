package dev.pinion.gateway;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits to some 20 ms how long a handler that computes, or blocks its carrier, holds up its event loop, or all others.
 *
 * <p>One thread for all loops and one for the pools, which sleep while none of them runs handlers. That of the loops
 * ends when all of them have ended; until then it keeps the JVM alive.
 */
final class Watchdog implements Runnable {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final int IDLE_ROUNDS = 5;

  private final Thread thread;
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

  /** @param daemon whether the JVM may end while the thread runs */
  Watchdog(String name, boolean daemon) {
    thread = new Thread(null, this, name, 0, false);
    thread.setDaemon(daemon);
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
