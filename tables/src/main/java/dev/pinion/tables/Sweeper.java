package dev.pinion.tables;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Deletes expired rows again and again, on a thread of its own. A failure is logged, and the next sweep is tried. */
final class Sweeper implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-sweep").factory());
  private final Runnable sweep;
  private final Consumer<String> log;

  /** Starts to sweep, first after one period. */
  Sweeper(Runnable sweep, Duration period, Consumer<String> log) {
    this.sweep = sweep;
    this.log = log;
    var _ = thread.scheduleWithFixedDelay(this::run, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  @SuppressWarnings("IllegalCatch") // one that is thrown on would end all later sweeps
  private void run() {
    try {
      sweep.run();
    } catch (RuntimeException | Error e) {
      if (!thread.isShutdown()) {
        log.accept("expired rows were not deleted, which is tried again: " + e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
