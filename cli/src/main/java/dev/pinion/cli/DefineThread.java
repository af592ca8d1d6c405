package dev.pinion.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A thread that runs a program's constructor and define, which may do to it whatever they like, and may not return.
 *
 * @param <T> what they lead to
 */
final class DefineThread<T> {
  /** How long one that was interrupted has for its end. */
  private static final long INTERRUPTED_MILLIS = 200;
  private static final AtomicLong STARTED = new AtomicLong();

  private final ProgramLoader loader;
  private final FutureTask<T> task;
  private final Thread thread;

  private DefineThread(ProgramLoader loader, Supplier<T> call) {
    this.loader = loader;
    task = new FutureTask<>(() -> UserCode.call(loader, call));
    thread = Thread.ofPlatform().name("pinion-define-" + STARTED.incrementAndGet()).daemon().unstarted(task);
    thread.setContextClassLoader(loader);
  }

  /** Starts a call into a program's code, on a thread of its own. */
  static <T> DefineThread<T> start(ProgramLoader loader, Supplier<T> call) {
    DefineThread<T> started = new DefineThread<>(loader, call);
    started.thread.start();
    return started;
  }

  /**
   * Returns the call's result; empty if it takes longer than a time.
   *
   * @throws UserException as {@link UserCode#call}
   */
  Optional<T> await(long millis) throws InterruptedException {
    try {
      return Optional.of(task.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) throw thrown;
      if (e.getCause() instanceof Error thrown) throw thrown;
      throw new IllegalStateException(e);
    }
  }

  /** Returns a line that says where the call is, which takes long. */
  String late(long millis) {
    return position() + " has not returned for " + TimeUnit.MILLISECONDS.toSeconds(millis)
        + " s, and is here; the next save gives it up";
  }

  /** Interrupts the call, whose result nobody waits for any more. Returns a line that says so. */
  String giveUp() throws InterruptedException {
    String position = position();
    thread.interrupt();
    boolean ended = thread.join(Duration.ofMillis(INTERRUPTED_MILLIS));
    String line = position + " has not returned, and is given up for what was saved now";
    return ended ? line : line + "; it goes on for itself, in the thread '" + thread.getName() + "'";
  }

  private String position() {
    return UserStack.position(loader, thread.getStackTrace());
  }
}
