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
 * <p>A handler that computes is not blocked: more threads would only take processors from others. Guarded by the queue.
 */
final class HandlerPace {
  private static final int SLOW_FOR = 64;

  private int slow;
  private int taken;
  private int takenAtCheck;

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

  /** Returns whether no message was taken since the last check, about a millisecond ago. */
  boolean isHeldUp(boolean starting) {
    boolean heldUp = taken == takenAtCheck && !starting;
    takenAtCheck = taken;
    return heldUp;
  }

  /** Handlers hold up messages. */
  void slow() {
    slow = SLOW_FOR;
  }
}
