package dev.pinion.sim;

import dev.pinion.Tick;
import dev.pinion.gateway.Debugger;
import dev.pinion.gateway.HandlerLoad;
import dev.pinion.gateway.HandlerTimeoutException;
import dev.pinion.spi.TickModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Calls the handlers of schedules as Lambda does with asynchronous invocations: each tick on a thread of its own, and
 * again after a failure. Any thread.
 *
 * <p>Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
final class TickRuns {
  /** How long Lambda waits before the second and the third attempt. */
  private static final List<Duration> WAITS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
  /** The age at which Lambda discards an event. */
  private static final Duration MOST_AGE = Duration.ofHours(6);
  /** After this long, a handler that was interrupted and still runs is reported. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final TickListener listener;
  private final RecordedTicks handlers;
  private final Set<TickRun> running = new LinkedHashSet<>();
  private final PriorityQueue<Retry> retries = new PriorityQueue<>(Comparator.comparing(Retry::at));
  /** The program that has replaced the first one. */
  private Optional<Present> present = Optional.empty();
  private boolean closed;

  /** The handlers of a program, and its log. */
  private record Present(List<TickModel> handlers, TickLog log) {
    Present {
      handlers = List.copyOf(handlers);
    }
  }

  /** An attempt that waits for its time. */
  private record Retry(Instant at, TickRun before) {}

  TickRuns(InstantSource clock, TickListener listener, Recording recording) {
    this.clock = clock;
    this.listener = listener;
    handlers = new RecordedTicks(recording, clock);
  }

  /** Calls a handler, on a thread of its own. */
  void start(TickModel onTick, TickLog log, Tick tick) {
    Instant now = clock.instant();
    start(new TickRun(onTick, log, tick, 1, now, now, this));
  }

  /** Later attempts call the handlers of another program; those that it does not have are dropped. */
  synchronized void replace(List<TickModel> handlers, TickLog log) {
    present = Optional.of(new Present(handlers, log));
    List<Retry> before = List.copyOf(retries);
    retries.clear();
    before.forEach(each -> inPresent(each.before).ifPresent(run -> retries.add(new Retry(each.at, run))));
  }

  /** Returns what the next attempt of a run is made from; empty if its handler is gone. */
  private Optional<TickRun> inPresent(TickRun run) {
    if (present.isEmpty()) return Optional.of(run);
    TickLog log = present.get().log;
    Optional<TickRun> next = present.get().handlers.stream()
        .filter(each -> each.path().equals(run.onTick.path())).findFirst().map(handler -> run.with(handler, log, this));
    if (next.isEmpty()) log.gone(run);
    return next;
  }

  /** Returns a line for each handler that runs and is none of these. */
  synchronized List<String> others(List<TickModel> handlers) {
    return running.stream().filter(run -> handlers.stream().noneMatch(each -> each.equals(run.onTick)))
        .map(run -> "an earlier program: handler " + run + " runs, at " + AppThreads.place(run.stack())).toList();
  }

  private synchronized void start(TickRun run) {
    if (closed) return;
    running.add(run);
    run.start();
  }

  /** Calls the handler. On the run's thread. */
  void handle(TickRun run) {
    Optional<Throwable> failure = Optional.empty();
    Thread.currentThread().setContextClassLoader(run.onTick.handler().getClass().getClassLoader());
    try {
      handlers.dispatch(run);
    } catch (Throwable e) {
      failure = Optional.of(e);
    } finally {
      Thread.currentThread().setContextClassLoader(null); // whoever still refers to the thread keeps no program
    }
    ended(run, failure);
  }

  /** Calls a handler by hand, on this thread: it is not tried again. */
  void again(TickModel onTick, TickLog log, Tick tick) throws Exception {
    Thread.currentThread().setContextClassLoader(onTick.handler().getClass().getClassLoader());
    try {
      handlers.again(onTick, tick, log.lines());
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }

  /** In one step, so that a handler that has ended cannot be found too slow before its end is noted. */
  private synchronized void ended(TickRun run, Optional<Throwable> failure) {
    running.remove(run);
    notifyAll();
    if (run.isInterrupted()) return;
    if (failure.isPresent()) failed(run, failure.get());
    else listener.handled(run.onTick.path(), run.tick, Optional.empty());
  }

  private synchronized void failed(TickRun run, Throwable failure) {
    boolean again = run.attempt <= WAITS.size();
    run.log.failed(run, failure, again ? Optional.of(WAITS.get(run.attempt - 1)) : Optional.empty());
    listener.handled(run.onTick.path(), run.tick, Optional.of(failure));
    if (again)
      inPresent(run).ifPresent(next -> retries.add(new Retry(clock.instant().plus(WAITS.get(run.attempt - 1)), next)));
  }

  /** Interrupts handlers whose time is over, and begins the attempts that are due. */
  synchronized void due(Instant now) {
    for (TickRun run : List.copyOf(running)) {
      if (run.isToBeReported(now, GRACE)) run.log.stillRuns(run);
      if (run.isInterrupted() || now.isBefore(run.end())) continue;
      if (Debugger.isHolding()) {
        run.restart(now);
      } else {
        run.interrupt(now);
        failed(run, new HandlerTimeoutException(run.onTick.options().timeout()));
      }
    }
    for (Retry retry = retries.peek(); retry != null && !retry.at.isAfter(now); retry = retries.peek()) {
      retries.remove();
      TickRun before = retry.before;
      if (now.isAfter(before.first.plus(MOST_AGE))) before.log.tooOld(before);
      else start(new TickRun(before.onTick, before.log, before.tick, before.attempt + 1, before.first, now, this));
    }
  }

  /** Returns when {@link #due} has something to do next. */
  synchronized Optional<Instant> next() {
    Stream<Instant> ends = running.stream().filter(run -> !run.isInterrupted()).map(TickRun::end);
    return Stream.concat(ends, Stream.ofNullable(retries.peek()).map(Retry::at)).min(Comparator.naturalOrder());
  }

  synchronized HandlerLoad load() {
    List<TickRun> counted = running.stream().filter(run -> !run.isInterrupted()).toList();
    return new HandlerLoad(0, counted.size(), (int) counted.stream().filter(TickRun::isBlocked).count());
  }

  /**
   * Starts no more handlers, and waits for those that run.
   *
   * @return what had not finished, and what would have been tried again
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
    for (TickRun run : running) {
      if (!run.isInterrupted()) run.interrupt(clock.instant());
      unfinished.add(run.toString());
    }
    retries.forEach(retry -> unfinished.add(retry.before + ", which waited for its next attempt"));
    retries.clear();
    return unfinished;
  }
}
