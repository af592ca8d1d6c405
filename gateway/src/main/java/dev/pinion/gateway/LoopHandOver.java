package dev.pinion.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which thread runs an event loop: the one that started it, until a handler that runs on it holds it up. Then the
 * {@link Watchdog} takes the loop from that thread, and another one runs it.
 */
final class LoopHandOver {
  private static final long HELD_UP_NANOS = 8_000_000;

  /** No handlers run. */
  private static final long NONE = 0;
  /** The loop's thread is between two handlers: it is not held up. */
  private static final long BETWEEN = -1;

  private final AtomicLong handling = new AtomicLong();
  private long number;
  private long seen;
  private long seenAt;

  /** Called before the handlers of a turn. */
  void begin() {
    handling.set(BETWEEN);
  }

  /** Called before each handler. Returns the number to {@link #leave} with. */
  long enter() {
    long mine = ++number;
    handling.setRelease(mine);
    return mine;
  }

  /**
   * Called after each handler. Returns false when another thread runs the loop by now: then this one must touch
   * nothing of the loop's.
   */
  boolean leave(long mine) {
    return handling.compareAndSet(mine, BETWEEN);
  }

  /** Called after the handlers of a turn. */
  void end() {
    handling.setRelease(NONE);
  }

  /** Returns whether the handler of a number runs on the loop's thread. Any thread. */
  boolean isAt(long number) {
    return number != NONE && handling.get() == number;
  }

  /** Returns whether handlers run on the loop's thread. Any thread. */
  boolean isHandling() {
    return handling.get() != NONE;
  }

  /** Takes the loop if the same handler was seen running long before a time in nanoseconds. By the watchdog. */
  boolean takeIfHeldUp(long now) {
    long at = handling.get();
    if (at != seen) {
      seen = at;
      seenAt = now;
    }
    return at > NONE && now - seenAt >= HELD_UP_NANOS && handling.compareAndSet(at, NONE);
  }
}
