package dev.pinion.gateway;

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

  boolean isSlow() {
    return slow > 0;
  }

  /** A thread has taken a message, or found none. */
  void took() {
    taken++;
  }

  /** A handler has returned. */
  void finished(long millis) {
    if (millis > 1) {
      slow = slow > 0 ? SLOW_FOR : 0;
    } else if (slow > 0) {
      slow--;
    }
  }

  /** Called about once a millisecond while messages wait: notes whether any was taken since. */
  void check(boolean starting) {
    unchanged = taken == takenAtCheck && !starting ? unchanged + 1 : 0;
    takenAtCheck = taken;
  }

  /** Returns whether no message was taken before the last check. */
  boolean isHeldUp() {
    return unchanged > 0;
  }

  /** Returns whether no message was taken in several checks. */
  boolean isHeldUpLong() {
    return unchanged > CHECKS_WHILE_RUNNABLE;
  }

  /** Handlers hold up messages. */
  void slow() {
    slow = SLOW_FOR;
  }
}
