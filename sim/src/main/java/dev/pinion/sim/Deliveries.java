package dev.pinion.sim;

import dev.pinion.gateway.HandlerLoad;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Begins handlers on threads that hold no messages. One whose handler has ended still holds its own, and may wait long
 * until it can take the next one. Any thread.
 */
final class Deliveries {
  private final AtomicInteger running = new AtomicInteger();

  /**
   * Begins something on a thread of its own.
   *
   * @param broke takes an error of Pinion's own
   */
  void start(Runnable delivery, Consumer<Throwable> broke) {
    running.incrementAndGet();
    Thread.ofVirtual().inheritInheritableThreadLocals(false).start(() -> {
      try {
        delivery.run();
      } catch (RuntimeException | Error bug) {
        broke.accept(bug);
      } finally {
        running.decrementAndGet();
      }
    });
  }

  HandlerLoad load() {
    return new HandlerLoad(running.get() > 0 ? 1 : 0, 0, 0);
  }
}
