package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Handlers that were interrupted: those that run on all the same are reported after a while. Any thread. */
final class InterruptedHandlers {
  private static final long GRACE_MILLIS = 1_000;
  private static final ScheduledExecutorService LATER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-overdue").factory());

  private InterruptedHandlers() {}

  /** Reports where a thread is, if it still runs one second from now. */
  static void watch(Thread thread, Consumer<StackTraceElement[]> report) {
    var _ = LATER.schedule(() -> {
      if (thread.isAlive()) report.accept(thread.getStackTrace());
    }, GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Reports a handler, with its stack, if it still runs one second from now. */
  static void watch(HandlerThread handler, Event event, GatewayListener listener) {
    var _ = LATER.schedule(() -> {
      Thread thread = handler.thread();
      if (handler.isAbandoned() && thread.isAlive()) listener.stillRuns(event, thread.getStackTrace());
    }, GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
