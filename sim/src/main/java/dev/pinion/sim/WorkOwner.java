package dev.pinion.sim;

import dev.pinion.spi.HandlerScope;
import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** For whom the current thread works: what can be known of it from its scope and its stack. */
enum WorkOwner {
  /** The handler of the current scope. */
  HANDLER,
  /** Some handler, but not known which: a thread of a pool runs what several handlers hand to it. */
  SOME_HANDLER,
  /** None: a test, or whoever else started the simulator. */
  OUTSIDE;

  /** A thread of the app's own that outlives its handler by this much may have become a worker for others. */
  private static final long OUTLIVES = TimeUnit.SECONDS.toNanos(1);

  /** Classes on the stacks of threads that take work from a queue, those of cleaners and finalizers included. */
  private static final Set<String> POOLS = Set.of(
      "java.util.concurrent.ThreadPoolExecutor$Worker", "java.util.concurrent.ForkJoinWorkerThread",
      "java.util.concurrent.DelayScheduler", "java.util.TimerThread", "jdk.internal.misc.InnocuousThread",
      "jdk.internal.ref.CleanerImpl", "java.lang.ref.Finalizer$FinalizerThread");

  /**
   * Returns the owner of the current thread's work. Walks the stack, so it is for rare cases.
   *
   * @param derived whether the code of the scope's handler performs what is done now; otherwise, another handler may
   *     have handed it to a thread of this one
   */
  static WorkOwner of(HandlerScope scope, boolean derived) {
    if (scope.isOwn()) return !derived && isHelping() ? SOME_HANDLER : HANDLER;
    if (scope.handler().isEmpty() || isPooled() || (!derived && scope.othersFollowed())) return SOME_HANDLER;
    boolean outlived = scope.end().filter(end -> System.nanoTime() - end > OUTLIVES).isPresent();
    Thread thread = Thread.currentThread();
    return (thread.isVirtual() || thread.getClass() == Thread.class) && !outlived ? HANDLER : SOME_HANDLER;
  }

  /**
   * Returns the owner of the current thread's work if no handler is known to have created it, where tests may act on
   * the app's resources too. Walks the stack.
   */
  static WorkOwner ofUnscoped(Thread starter) {
    if (Thread.currentThread().equals(starter)) return OUTSIDE;
    return isPooled() && !isTest() ? SOME_HANDLER : OUTSIDE;
  }

  private static boolean isPooled() {
    return onStack(frame -> POOLS.contains(frame.getClassName()));
  }

  /** A thread that waits for a task of a pool may meanwhile run any other task of it. */
  private static boolean isHelping() {
    return onStack(frame -> frame.getClassName().equals("java.util.concurrent.ForkJoinTask"));
  }

  private static boolean isTest() {
    return onStack(
        frame -> frame.getClassName().startsWith("org.junit.") || frame.getClassName().startsWith("org.testng."));
  }

  private static boolean onStack(java.util.function.Predicate<StackFrame> which) {
    return StackWalker.getInstance().walk(frames -> frames.anyMatch(which));
  }
}
