package dev.pinion.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Whether a connection's handlers return at once, or hold up the messages behind them.
 *
 * <pre>
 *           no message was taken between two checks, and all handlers are blocked
 *   QUICK -----------------------------------------------------------------------> SLOW
 *     ^                                                                              |
 *     `----------------- 64 handlers in a row took a millisecond at most ------------'
 * </pre>
 *
 * <p>Messages start in order: the next one starts beside the newest one only once the app's own code has begun with
 * that and is blocked, or has computed for several checks. A thread that runs, or waits for a processor, may not have
 * come so far as it seems.
 *
 * <p>Beside a handler that computes there is one more thread at most: others would only take processors from other
 * connections. Guarded by the queue.
 */
final class HandlerPace {
  private static final int SLOW_FOR = 64;
  private static final int CHECKS_WHILE_RUNNABLE = 8;

  private int slow;
  private int taken;
  private int takenAtCheck;
  private int unchanged;
  /** The thread that has taken the newest message, null once it has finished with it. */
  private @Nullable HandlerThread newest;

  boolean isSlow() {
    return slow > 0;
  }

  /** A thread has taken a message, or has found none and leaves. */
  void took(HandlerThread thread, boolean some) {
    taken++;
    if (some || newest == thread) {
      newest = some ? thread : null;
    }
  }

  /** Returns whether a thread may take the next message: it would not overtake the newest one. */
  boolean mayTake(HandlerThread thread) {
    return newest == thread || mayOverlap();
  }

  /** Returns whether the next message starts at once beside those that are handled. */
  boolean overlaps() {
    return isSlow() && mayOverlap();
  }

  private boolean mayOverlap() {
    return newest == null || newest.isAbandoned() || (newest.hasBegun() && newest.isBlocked());
  }

  /** A handler has returned. */
  void finished(long millis) {
    if (millis > 1) {
      slow = slow > 0 ? SLOW_FOR : 0;
    } else if (slow > 0) {
      slow--;
    }
  }

  /**
   * Called about once a millisecond while messages wait: notes whether any was taken since. Handlers hold up messages
   * if none was, no handler is about to begin, and all are blocked.
   */
  void check(boolean starting, boolean blocked) {
    boolean begins = starting || (newest != null && !newest.hasBegun() && !newest.isAbandoned());
    unchanged = taken == takenAtCheck && !begins ? unchanged + 1 : 0;
    takenAtCheck = taken;
    if (blocked && unchanged > 0) {
      slow = SLOW_FOR;
    }
  }

  /** Returns whether no message was taken in several checks, and no handler was about to begin. */
  boolean isHeldUpLong() {
    return unchanged > CHECKS_WHILE_RUNNABLE;
  }
}
