package dev.pinion.tables;

/**
 * Room on a thread's stack for bookkeeping that must not be broken off. A handler that calls itself without end may
 * send, or write a row, with the last of its stack: then it fails before anything has begun. Any thread.
 */
public final class StackRoom {
  /** They take some 350 KB while they are interpreted, and 50 KB or more once they are compiled. */
  private static final int FRAMES = 2_000;

  private StackRoom() {}

  /**
   * Goes deep into the stack, and comes back.
   *
   * @throws StackOverflowError if there is not enough room
   */
  public static void need() {
    if (deep(FRAMES, 1, 2, 3) <= 0) throw new AssertionError("a sum of positive numbers");
  }

  private static long deep(int frames, long one, long two, long three) {
    return frames == 0 ? one + three : deep(frames - 1, two + frames, three, one) + two;
  }
}
