package dev.pinion.gateway;

import dev.pinion.engine.EventLoop;
import dev.pinion.engine.LoopHook;
import dev.pinion.gateway.HandlerThreads.LoopThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
final class LoopHandlers implements LoopHook, Watchdog.Watched, TurnThread.Turn {
  private static final long LONG_NANOS = 5_000_000;
  /** After so long the loop writes what handlers have sent, and reads, before it runs more. */
  private static final long TURN_NANOS = 500_000;
  /** Handlers that take less on average are short: another thread would not run more of them. */
  private static final long SHORT_NANOS = 100_000;
  /** A connection whose messages take longer in a turn computes. */
  private static final long HEAVY_NANOS = 3_000_000;
  /** Not so one with many messages that are shorter on average, such as those that are sent to many others. */
  private static final long LIGHT_NANOS = 1_000_000;
  private static final long RELIEVED_NANOS = 1_000_000_000;
  /** With so many threads held up, handlers run in the pool. */
  private static final int MOST_HELD_UP = 16;

  private final EventLoop loop;
  private final Watchdog watchdog;
  private final HandlerPools pools;
  private final LoopHandOver handOver = new LoopHandOver();
  private final Deque<HandlerThread> starting = new ArrayDeque<>();
  private final DecodedWork decoded = new DecodedWork();
  private final AtomicInteger heldUp = new AtomicInteger();
  /** What runs, or has run last: for the watchdog, which looks some milliseconds later. */
  private final AtomicReference<@Nullable HandlerThread> running = new AtomicReference<>();
  private long inPoolUntil = System.nanoTime();
  /** When the first handler of those began that have not let the loop select in between. */
  private long began;
  /** When this turn is to end. */
  private long until;
  /** Whether the loop has selected since, and nothing was left. */
  private boolean fresh;
  /** When the last of them ended or blocked. */
  private long before;
  /** How many have begun since then. */
  private int handled;
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
  DecodedWork decoded() {
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
  public void selected() {
    fresh |= starting.isEmpty();
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
    before = System.nanoTime();
    until = before + TURN_NANOS;
    if (fresh) {
      fresh = false;
      began = before;
      handled = 0;
    }
    for (HandlerThread next = starting.peek(); next != null && !isOver(); next = starting.peek()) {
      if (startsInPool(next)) {
        startInPool();
      } else if (!turn(thread)) {
        return false;
      }
    }
    return true;
  }

  private boolean isOver() {
    return before - until >= 0;
  }

  private boolean startsInPool(HandlerThread next) {
    return !HandlerThreads.START_ON_LOOPS || isLong(before - began) || before - inPoolUntil < 0
        || heldUp.get() >= MOST_HELD_UP || next.queue().computes();
  }

  private boolean isLong(long taken) {
    return taken > LONG_NANOS && taken > handled * SHORT_NANOS;
  }

  private void startInPool() {
    EventLoop.guard(starting.remove()::start);
    before = System.nanoTime();
  }

  /** Runs handlers until one blocks, or none is left; returns false when another thread runs the loop by now. */
  private boolean turn(LoopThread thread) {
    TurnThread turn = new TurnThread(this);
    EventLoop.guard(() -> thread.begin(turn.thread()));
    Optional<Runnable> stretch = thread.stretch();
    if (stretch.isEmpty()) {
      startInPool();
      return true;
    }
    handOver.begin();
    watchdog.wake();
    EventLoop.guard(stretch.get());
    turn.stretchEnded();
    if (turn.handles() && !leave(turn)) {
      heldUp.decrementAndGet();
      return false;
    }
    handOver.end();
    return true;
  }

  @Override
  public @Nullable HandlerThread next(TurnThread turn) {
    if (!turn.isFree() || (turn.handles() && !leave(turn))) {
      return null;
    }
    HandlerThread next = starting.peek();
    if (next == null || isOver() || startsInPool(next)) {
      return null;
    }
    starting.remove();
    handled++;
    running.setRelease(next);
    turn.begin(next, handOver.enter());
    return next;
  }

  /** A handler has ended or blocked; returns false when another thread runs the loop by now. */
  private boolean leave(TurnThread turn) {
    if (!handOver.leave(turn.stint())) {
      return false;
    }
    long now = System.nanoTime();
    turn.end(now - before, HEAVY_NANOS, LIGHT_NANOS);
    before = now;
    return true;
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
      Objects.requireNonNull(running.getAcquire()).queue().computedLong();
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
