package dev.pinion.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which thread leads an event loop: the one that began it, until a handler that runs on it holds it up. Then the
 * {@link Watchdog} takes the lead, and gives it to another thread.
 */
final class Lead {
  private static final long HELD_UP_NANOS = 8_000_000;

  private final AtomicLong handling = new AtomicLong();
  private long number;
  private long seen;
  private long seenAt;

  /** Before a handler runs on the leading thread; gives the number to {@link #leave} it. */
  long enter() {
    long mine = ++number;
    handling.set(mine);
    return mine;
  }

  /** After the handler; false when another thread leads meanwhile, and this one has to touch nothing of the loop's. */
  boolean leave(long mine) {
    return handling.compareAndSet(mine, 0);
  }

  /** Whether the handler of a number runs on the leading thread. Any thread. */
  boolean isAt(long number) {
    return number != 0 && handling.get() == number;
  }

  /** Whether handlers run just now. By the watchdog. */
  boolean isHandling() {
    return handling.get() != 0;
  }

  /** Takes the lead when the same handler was seen running long before, at a time in nanoseconds. By the watchdog. */
  boolean takeIfHeldUp(long now) {
    long at = handling.get();
    if (at != seen) {
      seen = at;
      seenAt = now;
    }
    return at != 0 && now - seenAt >= HELD_UP_NANOS && handling.compareAndSet(at, 0);
  }
}
