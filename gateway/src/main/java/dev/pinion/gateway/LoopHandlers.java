package dev.pinion.gateway;

import dev.pinion.engine.EventLoop;
import dev.pinion.engine.LoopHook;
import dev.pinion.gateway.HandlerThreads.LoopThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The handlers that an event loop runs after it has read. Where the JVM allows it, they run on the loop's own thread,
 * which goes on as soon as they end or block.
 *
 * <p>One that computes, or blocks its carrier, would hold up the loop: then the {@link Watchdog} lets another thread
 * run the loop, and handlers run in {@link HandlerPools} for a while. So do the remaining handlers of a turn that
 * takes long, and those of a connection whose last ones took long.
 *
 * <p>Methods are the loop's thread's unless they say otherwise.
 */
final class LoopHandlers implements LoopHook, Watchdog.Watched {
  private static final long LONG_NANOS = 5_000_000;
  private static final long HEAVY_NANOS = 3_000_000;
  private static final long RELIEVED_NANOS = 1_000_000_000;
  /** With so many threads held up, handlers run in the pool. */
  private static final int MOST_HELD_UP = 16;

  private final EventLoop loop;
  private final Watchdog watchdog;
  private final HandlerPools pools;
  private final LoopHandOver handOver = new LoopHandOver();
  private final Deque<HandlerThread> starting = new ArrayDeque<>();
  private final List<Work> decoded = new ArrayList<>();
  private final AtomicInteger heldUp = new AtomicInteger();
  private @Nullable HandlerThread running;
  private long inPoolUntil = System.nanoTime();
  /** The watchdog's: no thread runs the loop, as none could be started. */
  private boolean abandoned;

  LoopHandlers(EventLoop loop, Watchdog watchdog, HandlerPools pools) {
    this.loop = loop;
    this.watchdog = watchdog;
    this.pools = pools;
  }

  EventLoop loop() {
    return loop;
  }

  /** Where a connection collects what it decodes in this turn of this thread. */
  List<Work> decoded() {
    return decoded;
  }

  /** Runs a stretch of a connection's thread: on the loop if its thread starts it there, otherwise in a pool. */
  void execute(HandlerThread.Queue queue, Runnable stretch) {
    if (!HandlerThreads.runsOnLoop(stretch)) {
      pools.execute(queue, stretch);
      watchdog.wake();
    }
  }

  /** Starts a thread after the loop has read. */
  void add(HandlerThread thread) {
    starting.add(thread);
  }

  @Override
  public Thread thread(Runnable task, String name) {
    return new LoopThread(task, name);
  }

  @Override
  public boolean isIdle() {
    return starting.isEmpty();
  }

  @Override
  public boolean run() {
    if (starting.isEmpty()) {
      return true;
    }
    LoopThread thread = (LoopThread) Thread.currentThread();
    long began = System.nanoTime();
    long before = began;
    for (HandlerThread next = starting.poll(); next != null; next = starting.poll()) {
      if (isCrowded(before - began, before) || next.queue().computes()) {
        EventLoop.guard(next::start);
        before = System.nanoTime();
      } else if (!run(next, thread)) {
        return false;
      } else {
        long now = System.nanoTime();
        if (now - before > HEAVY_NANOS) {
          next.queue().computedLong();
        }
        before = now;
      }
    }
    return true;
  }

  private boolean isCrowded(long taken, long now) {
    return taken > LONG_NANOS || now - inPoolUntil < 0 || heldUp.get() >= MOST_HELD_UP;
  }

  private boolean run(HandlerThread handler, LoopThread thread) {
    EventLoop.guard(() -> thread.begin(handler.thread()));
    Optional<Runnable> stretch = thread.stretch();
    if (stretch.isEmpty()) {
      return true;
    }
    running = handler;
    long stint = handOver.enter();
    watchdog.wake();
    handler.startsOnLoop(stint);
    EventLoop.guard(stretch.get());
    if (handOver.leave(stint)) {
      running = null;
      return true;
    }
    heldUp.decrementAndGet();
    return false;
  }

  @Override
  public boolean relieve() {
    abandoned |= takeLoop();
    if (abandoned) {
      EventLoop.guard(() -> {
        loop.start();
        abandoned = false;
      });
    }
    return abandoned || handOver.isHandling();
  }

  /** Takes the loop from a thread that a handler holds up; returns whether another thread has to run it. */
  private boolean takeLoop() {
    long now = System.nanoTime();
    boolean taken = handOver.takeIfHeldUp(now);
    if (taken) {
      heldUp.incrementAndGet();
      Objects.requireNonNull(running).queue().computedLong();
      inPoolUntil = now + RELIEVED_NANOS;
      pools.loopHeldUp();
    }
    return taken;
  }

  @Override
  public boolean hasEnded() {
    return loop.hasEnded();
  }

  /** Returns whether a thread has run on the loop's thread without a break, or until just now. Any thread. */
  boolean isRunning(HandlerThread handler) {
    return handOver.isAt(handler.stint());
  }
}
