package dev.pinion.gateway;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the virtual threads that run handlers.
 *
 * <p>Such a thread begins on the event loop that starts it: a handler that does not block costs no change of threads.
 * Once it has blocked, it goes on in the JVM's pool, and the loop goes on at once. The JVM has no public way to say
 * where a virtual thread runs, only one for its own tests: {@code --add-opens} has to open {@code java.base/java.lang}
 * to this module. Without that all run in the JVM's pool.
 */
final class HandlerThreads {
  private static final ThreadFactory FACTORY =
      beginningOnLoop()
          .orElseGet(Thread::ofVirtual)
          .name("pinion-handler")
          .inheritInheritableThreadLocals(false)
          .factory();

  private HandlerThreads() {}

  static Thread unstarted(Runnable task) {
    return FACTORY.newThread(task);
  }

  private static Optional<Thread.Builder.OfVirtual> beginningOnLoop() {
    try {
      Method scheduler = Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler");
      Constructor<?> builder =
          Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder").getDeclaredConstructor(Executor.class);
      scheduler.setAccessible(true);
      builder.setAccessible(true);
      Executor pool = (Executor) scheduler.invoke(null);
      return Optional.of((Thread.Builder.OfVirtual) builder.newInstance((Executor) stretch -> run(stretch, pool)));
    } catch (ReflectiveOperationException | InaccessibleObjectException | ClassCastException e) {
      System.getLogger(HandlerThreads.class.getPackageName())
          .log(System.Logger.Level.DEBUG, "All handlers run in the JVM's pool", e);
      return Optional.empty();
    }
  }

  /** Runs a virtual thread's next stretch, until it ends or blocks. */
  private static void run(Runnable stretch, Executor pool) {
    if (!(Thread.currentThread() instanceof LoopThread loop && loop.takes(stretch))) {
      pool.execute(stretch);
    }
  }

  /** The platform thread of an event loop, on which virtual threads can begin. The JVM's end does not wait for it. */
  static final class LoopThread extends Thread {
    private boolean beginning;
    private @Nullable Runnable first;

    LoopThread(Runnable task, String name) {
      super(task, name);
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

    /** What runs the thread just started, here, until it ends or blocks; empty when it runs elsewhere. */
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
