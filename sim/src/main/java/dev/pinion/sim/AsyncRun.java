package dev.pinion.sim;

import dev.pinion.spi.HandlerModel;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt of an asynchronous invocation of a handler. Its fields are guarded by {@link AsyncRuns}.
 *
 * <pre>
 *   RUNNING ---- the handler ends ----&gt; ENDING ---- its end is noted ----&gt; ENDED
 *      '-- its time is over: it is interrupted, and what the handler does then does not count --&gt; INTERRUPTED
 * </pre>
 */
final class AsyncRun<H extends HandlerModel, P> {
  final H handler;
  /** The log of its program. */
  final AsyncLog log;
  final AsyncEvent<P> event;
  /** From 1. */
  final int attempt;
  private final Thread thread;
  private Instant since;
  private boolean begun;
  private volatile boolean handled;
  private boolean ending;
  /** Read by the run's own thread too. */
  private volatile boolean interrupted;
  private boolean reported;
  private boolean taken;
  private boolean over;

  AsyncRun(H handler, AsyncLog log, AsyncEvent<P> event, int attempt, Instant now, AsyncRuns<H, P> runs) {
    this.handler = handler;
    this.log = log;
    this.event = event;
    this.attempt = attempt;
    this.since = now;
    thread = Thread.ofVirtual().name("pinion-handler").inheritInheritableThreadLocals(false)
        .unstarted(() -> runs.handle(this));
  }

  void start() {
    thread.start();
  }

  /** When it is interrupted. */
  Instant end() {
    return since.plus(handler.options().timeout());
  }

  /** How long it has run. */
  Duration time(Instant now) {
    return Duration.between(since, now);
  }

  /** Its thread has a carrier: its time counts from now on. */
  void begin(Instant now) {
    begun = true;
    since = now;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Counts its time from now on. */
  void restart(Instant now) {
    since = now;
  }

  void ending() {
    ending = true;
  }

  void interrupt(Instant now) {
    interrupted = true;
    since = now;
    thread.interrupt();
  }

  boolean isInterrupted() {
    return interrupted;
  }

  /**
   * Returns whether its time is not over, before its next item is handled: an interrupt that the handler of the one
   * before has left behind does not disturb it. On the run's thread.
   */
  boolean goesOn() {
    var _ = Thread.interrupted(); // first: the interrupt of a run whose time ends from here on must stay
    return !interrupted;
  }

  /** Returns true once: then the caller takes note of its end. */
  boolean takeEnd() {
    boolean first = !taken;
    taken = true;
    return first;
  }

  /** Its end is noted: it no longer counts, although its handler may still run. */
  void over() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** Whether it was interrupted, and nobody has taken note of its end yet. */
  boolean isAwaited() {
    return interrupted && !taken;
  }

  /** When one that was interrupted is no longer waited for. */
  Instant end(Duration grace) {
    return since.plus(grace);
  }

  /** Whether its time counts. */
  boolean isTimed() {
    return !interrupted && !ending;
  }

  /** Returns true once, if it was interrupted long ago and still runs. */
  boolean isToBeReported(Instant now, Duration grace) {
    if (!interrupted || reported || now.isBefore(end(grace))) return false;
    reported = true;
    return !handled;
  }

  /** The handler has returned, or thrown; the run is about to end. */
  void handled() {
    handled = true;
  }

  boolean isBlocked() {
    return !handled && thread.getState() != Thread.State.RUNNABLE;
  }

  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }

  @Override
  public String toString() {
    return handler.path() + " for " + event.what();
  }
}
