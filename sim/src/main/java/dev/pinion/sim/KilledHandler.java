package dev.pinion.sim;

/** Ends a handler before one of its operations, as Lambda does when its time is over: whatever the handler catches. */
final class KilledHandler extends Error {
  private static final long serialVersionUID = 1L;
  private static final ThreadLocal<int[]> LEFT = new ThreadLocal<>();

  private KilledHandler() {
    super("the handler's time is over", null, false, false);
  }

  /** Lets the current thread's handler do a number of operations, and no more. */
  static void after(int operations) {
    LEFT.set(new int[] {operations});
  }

  /** The current thread's handler has ended. */
  static void over() {
    LEFT.remove();
  }

  /** A handler is about to send, or to use a table. */
  static void operation() {
    int[] left = LEFT.get();
    if (left != null && left[0]-- <= 0) {
      left[0] = 0;
      throw new KilledHandler();
    }
  }
}
