package dev.pinion.gateway;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Makes the virtual threads that run handlers.
 *
 * <p>Such a thread starts on the event loop that starts it: a handler that does not block costs no change of threads.
 * Once it has blocked, it goes on where its {@link Executor} says, and the loop goes on at once. The JVM has no public
 * way to say where a virtual thread runs, only one for its own tests: {@code --add-opens} has to open {@code
 * java.base/java.lang} to this module. Without that all run in the JVM's pool.
 */
final class HandlerThreads {
  private static final String NAME = "pinion-handler";
  /** {@code Thread.NO_INHERIT_THREAD_LOCALS}, which is not public. */
  private static final int NO_INHERITED_THREAD_LOCALS = 1 << 2;

  private static final Optional<Scheduling> SCHEDULING = scheduling();
  /** A constant of its own, so that the compiler knows it. */
  private static final @Nullable MethodHandle NEW_THREAD = SCHEDULING.map(Scheduling::newThread).orElse(null);

  /** Whether virtual threads can start on event loops. */
  static final boolean START_ON_LOOPS = NEW_THREAD != null;

  private HandlerThreads() {}

  /** What the JVM keeps for itself: how to make a virtual thread of a scheduler, and its own scheduler. */
  private record Scheduling(MethodHandle newThread, ForkJoinPool pool) {}

  /** Returns the JVM's pool, empty where the JVM does not let anybody choose where threads run. */
  static Optional<ForkJoinPool> pool() {
    return SCHEDULING.map(Scheduling::pool);
  }

  /**
   * Returns a virtual thread, not started.
   *
   * @param scheduler runs each stretch of the thread, until it ends or blocks
   */
  static Thread unstarted(Runnable task, Executor scheduler) {
    if (NEW_THREAD == null) {
      return Thread.ofVirtual().name(NAME).inheritInheritableThreadLocals(false).unstarted(task);
    }
    try {
      return (Thread) NEW_THREAD.invokeExact(scheduler, NAME, NO_INHERITED_THREAD_LOCALS, task);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A constructor of the JVM's threw what it does not declare", e);
    }
  }

  private static Optional<Scheduling> scheduling() {
    try {
      Method scheduler = Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler");
      Method newThread =
          Class.forName("java.lang.ThreadBuilders")
              .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
      scheduler.setAccessible(true);
      newThread.setAccessible(true);
      return Optional.of(
          new Scheduling(MethodHandles.lookup().unreflect(newThread), (ForkJoinPool) scheduler.invoke(null)));
    } catch (ReflectiveOperationException | InaccessibleObjectException | ClassCastException e) {
      System.getLogger(HandlerThreads.class.getPackageName())
          .log(System.Logger.Level.DEBUG, "All handlers run in the JVM's pool", e);
      return Optional.empty();
    }
  }

  /** Lets a virtual thread's first stretch run on the event loop whose thread starts it; returns whether it does. */
  static boolean runsOnLoop(Runnable stretch) {
    return Thread.currentThread() instanceof LoopThread loop && loop.takes(stretch);
  }

  /** The platform thread of an event loop, on which virtual threads can start. The JVM's end does not wait for it. */
  static final class LoopThread extends Thread {
    private boolean beginning;
    private @Nullable Runnable first;

    LoopThread(Runnable task, String name) {
      // Neither class loader nor values of the thread that starts it: it outlives the program that this may run.
      super(null, task, name, 0, false);
      setDaemon(true);
    }

    /** Starts a virtual thread of {@link #unstarted}; {@link #stretch} is then to be run. */
    void begin(Thread handler) {
      beginning = true;
      try {
        handler.start();
      } finally {
        beginning = false;
      }
    }

    /** Returns what runs the thread just started, here, until it ends or blocks; empty when it runs elsewhere. */
    Optional<Runnable> stretch() {
      Runnable taken = first;
      first = null;
      return Optional.ofNullable(taken);
    }

    private boolean takes(Runnable stretch) {
      boolean take = beginning && first == null;
      if (take) {
        first = stretch;
      }
      return take;
    }
  }
}
