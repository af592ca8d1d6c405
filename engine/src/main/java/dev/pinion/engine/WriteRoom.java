package dev.pinion.engine;

/**
 * Room on a thread's stack for a write, which must not be broken off: the JDK would keep its lock of the channel for
 * ever. A handler that calls itself without end may send with the last of its stack. Any thread.
 */
final class WriteRoom {
  /** They take 32 KB or more, and 0.8 µs. A write takes a part of that, and some microseconds. */
  private static final int FRAMES = 1_000;

  private WriteRoom() {}

  /**
   * Goes deep into the stack, and comes back.
   *
   * @throws StackOverflowError if there is not enough room
   */
  static void need() {
    if (deep(FRAMES, 1, 2, 3) <= 0) throw new AssertionError("a sum of positive numbers");
  }

  private static long deep(int frames, long one, long two, long three) {
    return frames == 0 ? one + three : deep(frames - 1, two + frames, three, one) + two;
  }
}
