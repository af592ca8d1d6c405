package dev.pinion.gateway;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that runs, on an event loop's own thread, the handlers of one turn of the loop: those of one
 * connection after those of another. It costs as much to start one as a short handler takes.
 *
 * <pre>
 *            the next connection's handlers               a handler blocks
 *   ON THE LOOP ---------------------------> ON THE LOOP ------------------> LEFT: it runs that connection's handlers
 *                                                |                           to their end, in a pool
 *                                                '-- none left, the turn takes long, or the loop was taken --> ended
 * </pre>
 *
 * <p>The loop starts another one for what remains of its turn.
 */
final class TurnThread implements Runnable, Executor {
  private final Turn turn;
  private final Thread thread;
  private @Nullable HandlerThread handler;
  private long stint;
  /** Set before the thread goes on elsewhere, and so by then visible to it. */
  private boolean left;

  /** A turn of an event loop. */
  interface Turn {

    /** Returns what a thread is to run next, null when it is to end. On that thread. */
    @Nullable
    HandlerThread next(TurnThread thread);
  }

  TurnThread(Turn turn) {
    this.turn = turn;
    thread = HandlerThreads.unstarted(this, this);
  }

  @Override
  public void run() {
    for (HandlerThread next = turn.next(this); next != null; next = turn.next(this)) {
      next.runOn(thread);
    }
  }

  /** Runs a stretch: the first on the loop, all others where those of its present connection run. */
  @Override
  public void execute(Runnable stretch) {
    if (!HandlerThreads.runsOnLoop(stretch)) {
      left = true;
      Objects.requireNonNull(handler).queue().execute(stretch);
    }
  }

  Thread thread() {
    return thread;
  }

  /** Returns whether it may run others: it has neither left the loop nor run a handler that was abandoned. */
  boolean isFree() {
    return !left && (handler == null || !handler.isAbandoned());
  }

  /** Begins with what it runs next, which has a number of {@link LoopHandOver}. On the thread. */
  void begin(HandlerThread next, long number) {
    handler = next;
    stint = number;
    next.startsOnLoop(number);
  }

  /** Returns whether what it has begun with is not known to have ended or blocked. On the thread, or the loop's. */
  boolean handles() {
    return stint != 0;
  }

  /** Returns the number of what it has begun with. */
  long stint() {
    return stint;
  }

  /** Its first stretch has ended: its present connection, if it has not ended, is told. On the loop's thread. */
  void stretchEnded() {
    if (handles()) {
      Objects.requireNonNull(handler).queue().stretchEnded();
    }
  }

  /**
   * Notes that what it has begun with has ended or blocked on the loop. On the thread, or the loop's.
   *
   * @param nanos how long it took
   * @param most how long one message may take, and several together
   * @param average how long several may take on average, even if they take longer together
   */
  void end(long nanos, long most, long average) {
    stint = 0;
    HandlerThread handled = Objects.requireNonNull(handler);
    if (nanos > Math.max(most, average * handled.taken())) {
      handled.queue().computedLong();
    }
  }
}
