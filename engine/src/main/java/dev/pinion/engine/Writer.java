package dev.pinion.engine;

/** Who writes a frame. */
public enum Writer {
  /** The thread that sends. */
  SENDER,
  /** The loop, or the sender while the loop sleeps. */
  EITHER,
  /** The loop. */
  LOOP,
  /** The loop, after what runs on its thread; the sender when much waits. */
  TURN,
  /** The sender, by {@link ClientSocket#flush}; the loop when that has not come after 2 ms. */
  LATER;

  /**
   * Returns whether it is the loop.
   *
   * @param little whether little waits to be written
   */
  boolean isLoop(boolean asleep, boolean little) {
    return switch (this) {
      case LOOP -> true;
      case EITHER -> !asleep;
      case TURN -> little;
      case SENDER, LATER -> false;
    };
  }
}
