package dev.pinion.sim;

import dev.pinion.gateway.CarrierThreads;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The calls of handlers that somebody makes by hand: they run beside all queues. Any thread. */
final class CallsByHand {
  private final Set<Running> running = ConcurrentHashMap.newKeySet();

  /** One call, which is forgotten when it ends: its thread refers to the program. */
  private record Running(long program, String handler, Thread thread) {}

  /**
   * Calls a handler on a thread of its own, and waits for it. A handler that takes too long is interrupted.
   *
   * @param program the number of the program that the handler belongs to
   * @param handler what is called, for people
   * @throws TimeoutException if it takes too long; it may run on
   */
  <T> T call(long program, String handler, Duration timeout, Callable<T> call)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(() -> noted(program, handler, call));
    Thread thread = Thread.ofVirtual().name("pinion-again").inheritInheritableThreadLocals(false).unstarted(task);
    thread.start();
    try {
      return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw e;
    }
  }

  private <T> T noted(long program, String handler, Callable<T> call) throws Exception {
    Running one = new Running(program, handler, Thread.currentThread());
    running.add(one);
    CarrierThreads.enter();
    try {
      return call.call();
    } finally {
      CarrierThreads.leave();
      running.remove(one);
    }
  }

  /** Returns a line for each call that runs in another program than the present one, the oldest program first. */
  List<String> ofOthers(long present) {
    return running.stream().filter(each -> each.program != present).sorted(Comparator.comparingLong(Running::program))
        .map(each -> "program " + each.program + ": handler " + each.handler + ", called by hand, runs at "
            + AppThreads.place(each.thread.getStackTrace()))
        .toList();
  }
}
