package dev.pinion.engine;

/** Who writes a frame. */
public enum Writer {
  /** The thread that sends. */
  SENDER,
  /** The loop, or the sender while the loop sleeps and only some frames are sent. */
  EITHER,
  /** The loop. */
  LOOP,
  /** The loop, after what runs on its thread; the sender when much waits. */
  TURN,
  /** The sender, by {@link ClientSocket#flush}; the loop when that has not come after 2 ms. */
  LATER;

  /**
   * Returns whether the sender may have to write.
   *
   * @param leaves whether the loop leaves it to {@link #EITHER}'s sender
   * @param little whether little waits to be written, with this frame
   */
  boolean mayBeSender(boolean leaves, boolean little) {
    return switch (this) {
      case SENDER, LATER -> true;
      case EITHER -> leaves;
      case TURN -> !little;
      case LOOP -> false;
    };
  }

  /**
   * Returns whether it is the loop.
   *
   * @param leaves whether the loop leaves it to {@link #EITHER}'s sender
   * @param little whether little waits to be written
   */
  boolean isLoop(boolean leaves, boolean little) {
    return switch (this) {
      case LOOP -> true;
      case EITHER -> !leaves;
      case TURN -> little;
      case SENDER, LATER -> false;
    };
  }
}
