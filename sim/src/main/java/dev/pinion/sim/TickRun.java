package dev.pinion.sim;

import dev.pinion.Tick;
import dev.pinion.spi.TickModel;
import java.time.Duration;
import java.time.Instant;

/**
 * One call of a schedule's handler. Its fields are guarded by {@link TickRuns}.
 *
 * <pre>
 *   RUNNING ---- the handler ends ----&gt; ENDED
 *      '-- its time is over: it is interrupted, and its end does not count --&gt; INTERRUPTED
 * </pre>
 */
final class TickRun {
  final TickModel onTick;
  /** The log of its program. */
  final TickLog log;
  final Tick tick;
  /** From 1. */
  final int attempt;
  /** When the first attempt began. */
  final Instant first;
  private final Thread thread;
  private Instant since;
  private boolean interrupted;
  private boolean reported;

  TickRun(TickModel onTick, TickLog log, Tick tick, int attempt, Instant first, Instant now, TickRuns runs) {
    this.onTick = onTick;
    this.log = log;
    this.tick = tick;
    this.attempt = attempt;
    this.first = first;
    this.since = now;
    thread = Thread.ofVirtual().name("pinion-handler").inheritInheritableThreadLocals(false)
        .unstarted(() -> runs.handle(this));
  }

  /** The same attempt, as one of another program. */
  TickRun with(TickModel handler, TickLog itsLog, TickRuns runs) {
    return new TickRun(handler, itsLog, tick, attempt, first, since, runs);
  }

  void start() {
    thread.start();
  }

  /** When it is interrupted. */
  Instant end() {
    return since.plus(onTick.options().timeout());
  }

  /** Counts its time from now on. */
  void restart(Instant now) {
    since = now;
  }

  void interrupt(Instant now) {
    interrupted = true;
    since = now;
    thread.interrupt();
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /** Returns true once, if it was interrupted long ago and still runs. */
  boolean isToBeReported(Instant now, Duration grace) {
    if (!interrupted || reported || now.isBefore(since.plus(grace))) return false;
    reported = true;
    return thread.isAlive();
  }

  boolean isBlocked() {
    return thread.getState() != Thread.State.RUNNABLE;
  }

  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  @Override
  public String toString() {
    return onTick.path() + " for the tick of " + tick.scheduledTime();
  }
}
