package dev.pinion.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which thread runs an event loop: the one that started it, until a handler that runs on it holds it up. Then the
 * {@link Watchdog} takes the loop from that thread, and another one runs it.
 */
final class LoopHandOver {
  private static final long HELD_UP_NANOS = 8_000_000;

  private final AtomicLong handling = new AtomicLong();
  private long number;
  private long seen;
  private long seenAt;

  /** Called before a handler runs on the loop's thread. Returns the number to {@link #leave} with. */
  long enter() {
    long mine = ++number;
    handling.set(mine);
    return mine;
  }

  /**
   * Called after the handler. Returns false when another thread runs the loop by now: then this one must touch
   * nothing of the loop's.
   */
  boolean leave(long mine) {
    return handling.compareAndSet(mine, 0);
  }

  /** Returns whether the handler of a number runs on the loop's thread. Any thread. */
  boolean isAt(long number) {
    return number != 0 && handling.get() == number;
  }

  /** Returns whether a handler runs on the loop's thread. Any thread. */
  boolean isHandling() {
    return handling.get() != 0;
  }

  /** Takes the loop if the same handler was seen running long before a time in nanoseconds. By the watchdog. */
  boolean takeIfHeldUp(long now) {
    long at = handling.get();
    if (at != seen) {
      seen = at;
      seenAt = now;
    }
    return at != 0 && now - seenAt >= HELD_UP_NANOS && handling.compareAndSet(at, 0);
  }
}
