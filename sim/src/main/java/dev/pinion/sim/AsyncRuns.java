package dev.pinion.sim;

import dev.pinion.gateway.CarrierThreads;
import dev.pinion.gateway.Debugger;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.gateway.HandlerTimeoutException;
import dev.pinion.spi.HandlerModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Calls handlers as Lambda does with asynchronous invocations: each on a thread of its own, for as long as its time-out
 * allows. Any thread.
 *
 * <p>Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
final class AsyncRuns<H extends HandlerModel, P> {
  /** How often Lambda tries again by default. */
  static final int MOST_RETRIES = 2;
  /** The age at which Lambda discards an event by default. */
  static final Duration MOST_AGE = Duration.ofHours(6);
  /** How long Lambda waits before the second and the third attempt. */
  private static final List<Duration> WAITS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
  /** After this long, a handler that was interrupted and still runs is reported, and no longer waited for. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final AsyncWork<H, P> work;
  private final Set<AsyncRun<H, P>> running = new LinkedHashSet<>();
  private boolean closed;

  AsyncRuns(InstantSource clock, AsyncWork<H, P> work) {
    this.clock = clock;
    this.work = work;
  }

  /** Returns how long Lambda waits after an attempt that has failed. */
  static Duration waitAfter(int attempt) {
    return WAITS.get(attempt - 1);
  }

  /** Calls a handler, on a thread of its own; returns false if that is too late. */
  synchronized boolean start(H handler, AsyncLog log, AsyncEvent<P> event, int attempt) {
    if (closed) return false;
    AsyncRun<H, P> run = new AsyncRun<>(handler, log, event, attempt, clock.instant(), this);
    running.add(run);
    CarrierThreads.enter();
    boolean started = false;
    try {
      run.start();
      started = true;
    } finally {
      if (!started) left(run); // there is no memory for its thread
    }
    return true;
  }

  /** Returns a line for each handler that runs and is none of these. */
  synchronized List<String> others(List<H> handlers) {
    return running.stream().filter(run -> handlers.stream().noneMatch(each -> each.equals(run.handler)))
        .map(run -> "an earlier program: handler " + run + " runs, at " + AppThreads.place(run.stack())).toList();
  }

  /** Calls the handler. On the run's thread. */
  void handle(AsyncRun<H, P> run) {
    Optional<Throwable> failure = Optional.empty();
    begin(run);
    try {
      HandlerContext.of(run.handler, () -> work.handle(run));
    } catch (Throwable e) {
      failure = Optional.of(e);
    }
    run.handled();
    try {
      if (mayEnd(run)) {
        var _ = Thread.interrupted(); // what the handler has left behind must not disturb what follows
        work.ended(run, run.isInterrupted() ? Optional.of(timeout(run)) : failure);
      }
    } finally {
      remove(run);
    }
  }

  private synchronized void begin(AsyncRun<H, P> run) {
    run.begin(clock.instant());
  }

  private static Throwable timeout(AsyncRun<?, ?> run) {
    return new HandlerTimeoutException(run.handler.options().timeout());
  }

  /** From here on, a handler that has ended cannot be found too slow. */
  private synchronized boolean mayEnd(AsyncRun<H, P> run) {
    run.ending();
    return run.takeEnd();
  }

  private void remove(AsyncRun<H, P> run) {
    try {
      work.freed(run);
    } finally {
      left(run);
    }
  }

  private synchronized void left(AsyncRun<H, P> run) {
    running.remove(run);
    CarrierThreads.leave();
    notifyAll();
  }

  /** Interrupts handlers whose time is over, and goes on without those that do not end. */
  @SuppressWarnings("CatchingUnchecked") // the others are told too
  void due() {
    for (AsyncRun<H, P> run : overdue(clock.instant())) {
      try {
        work.ended(run, Optional.of(timeout(run)));
      } catch (RuntimeException | Error bug) {
        run.log.broke(bug);
      } finally {
        over(run);
      }
    }
  }

  private synchronized void over(AsyncRun<H, P> run) {
    run.over();
  }

  private synchronized List<AsyncRun<H, P>> overdue(Instant now) {
    List<AsyncRun<H, P>> overdue = new ArrayList<>();
    for (AsyncRun<H, P> run : List.copyOf(running)) {
      if (run.isToBeReported(now, GRACE)) run.log.stillRuns(run);
      if (run.isAwaited() && !now.isBefore(run.end(GRACE)) && run.takeEnd()) overdue.add(run);
      if (!run.isTimed() || now.isBefore(run.end())) continue;
      if (Debugger.isHolding() || !run.hasBegun()) {
        run.restart(now);
      } else {
        run.interrupt(now);
        if (!work.waitsForHandlers() && run.takeEnd()) overdue.add(run);
      }
    }
    return overdue;
  }

  /** Returns when {@link #due} has something to do next. */
  synchronized Optional<Instant> next() {
    return Stream.concat(
        running.stream().filter(AsyncRun::isTimed).map(AsyncRun::end),
        running.stream().filter(AsyncRun::isAwaited).map(run -> run.end(GRACE))).min(Comparator.naturalOrder());
  }

  /** Returns the handlers that run, without those that were interrupted and whose end is noted. */
  synchronized List<RunningHandler> running(AppStack stack) {
    Instant now = clock.instant();
    return counted().stream().map(each -> RunningHandler.of(each, now, stack)).toList();
  }

  private List<AsyncRun<H, P>> counted() {
    return running.stream().filter(run -> !run.isOver()).toList();
  }

  synchronized HandlerLoad load() {
    List<AsyncRun<H, P>> counted = counted();
    return new HandlerLoad(0, counted.size(), (int) counted.stream().filter(AsyncRun::isBlocked).count());
  }

  /**
   * Starts no more handlers, and waits for those that run.
   *
   * @return what had not finished
   */
  synchronized List<String> close(Duration grace) {
    closed = true;
    long end = System.nanoTime() + grace.toNanos();
    try {
      for (long left = grace.toNanos(); left > 0 && !running.isEmpty(); left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<String> unfinished = new ArrayList<>();
    for (AsyncRun<H, P> run : running) {
      if (run.isTimed()) run.interrupt(clock.instant());
      if (run.takeEnd()) run.over();
      unfinished.add(run.toString());
    }
    return unfinished;
  }
}
