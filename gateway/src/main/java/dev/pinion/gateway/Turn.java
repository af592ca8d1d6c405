package dev.pinion.gateway;

import dev.pinion.gateway.HandlerThreads.LoopThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The handlers that an event loop is to run in its turn. Where the JVM allows it, they run on the loop's own thread,
 * which goes on as soon as they end or block.
 *
 * <p>One that computes, or blocks its carrier, would hold up the loop: then the {@link Watchdog} lets another thread go
 * on with it, and handlers run in the JVM's pool for a while. So do those of a turn that takes long, and those of a
 * connection whose last ones did.
 *
 * <p>Methods are the leading thread's unless they say otherwise.
 */
final class Turn {
  private static final long LONG_NANOS = 5_000_000;
  private static final long HEAVY_NANOS = 3_000_000;
  private static final long RELIEVED_NANOS = 1_000_000_000;
  /** With so many threads held up, handlers run in the pool. */
  private static final int MOST_HELD_UP = 16;

  private final Watchdog watchdog;
  private final Lead lead = new Lead();
  private final Deque<Drainer> starting = new ArrayDeque<>();
  private final AtomicInteger heldUp = new AtomicInteger();
  private @Nullable Drainer running;
  private long inPoolUntil = System.nanoTime();

  Turn(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  void add(Drainer drainer) {
    starting.add(drainer);
  }

  boolean isEmpty() {
    return starting.isEmpty();
  }

  /** Runs what has been added; false when another thread leads the loop meanwhile. */
  boolean run() {
    if (starting.isEmpty()) {
      return true;
    }
    LoopThread thread = (LoopThread) Thread.currentThread();
    long began = System.nanoTime();
    long before = began;
    for (Drainer next = starting.poll(); next != null; next = starting.poll()) {
      if (isCrowded(before - began, before) || next.lane().isHeavy()) {
        EventLoop.guard(next::start);
        before = System.nanoTime();
      } else if (!run(next, thread)) {
        return false;
      } else {
        long now = System.nanoTime();
        if (now - before > HEAVY_NANOS) {
          next.lane().heavy();
        }
        before = now;
      }
    }
    return true;
  }

  private boolean isCrowded(long taken, long now) {
    return taken > LONG_NANOS || now - inPoolUntil < 0 || heldUp.get() >= MOST_HELD_UP;
  }

  private boolean run(Drainer drainer, LoopThread thread) {
    EventLoop.guard(() -> thread.begin(drainer.thread()));
    Optional<Runnable> stretch = thread.stretch();
    if (stretch.isEmpty()) {
      return true;
    }
    running = drainer;
    long stint = lead.enter();
    watchdog.wake();
    drainer.onLoop(stint);
    EventLoop.guard(stretch.get());
    if (lead.leave(stint)) {
      running = null;
      return true;
    }
    heldUp.decrementAndGet();
    return false;
  }

  /** Takes the lead from a thread that a handler holds up; true when another thread has to go on. By the watchdog. */
  boolean relieve() {
    long now = System.nanoTime();
    boolean taken = lead.takeIfHeldUp(now);
    if (taken) {
      heldUp.incrementAndGet();
      Objects.requireNonNull(running).lane().heavy();
      inPoolUntil = now + RELIEVED_NANOS;
    }
    return taken;
  }

  /** Whether handlers run on the leading thread. Any thread. */
  boolean isRunning() {
    return lead.isHandling();
  }

  /** Whether a drainer has been running on the leading thread without a break, or until just now. Any thread. */
  boolean isRunning(Drainer drainer) {
    return lead.isAt(drainer.stint());
  }
}
