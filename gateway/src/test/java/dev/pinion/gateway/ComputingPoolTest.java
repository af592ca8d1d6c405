package dev.pinion.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose handlers come first where several connections' handlers compute. */
@Timeout(30)
final class ComputingPoolTest {
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ComputingPool pool = new ComputingPool();
  private final ComputingPool.Share heavy = new ComputingPool.Share();
  private final ComputingPool.Share light = new ComputingPool.Share();

  private void computeOnce() {
    pool.execute(heavy, () -> {
      long end = System.nanoTime() + 2_000_000;
      while (System.nanoTime() - end < 0) {
        Thread.onSpinWait();
      }
    });
    while (pool.completed() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aConnectionThatHasComputedLittleComesBeforeAllThatWaits() throws Exception {
    computeOnce();
    CountDownLatch started = new CountDownLatch(threads);
    Semaphore ends = new Semaphore(0);
    for (int i = 0; i < threads; i++) {
      pool.execute(heavy, () -> {
        started.countDown();
        ends.acquireUninterruptibly();
      });
    }
    started.await();
    LinkedBlockingQueue<String> order = new LinkedBlockingQueue<>();
    for (int i = 0; i < 5; i++) {
      pool.execute(heavy, () -> order.add("heavy"));
    }
    pool.execute(light, () -> order.add("light"));
    assertThat(pool.isBehind()).isTrue();
    ends.release();
    assertThat(order.take()).isEqualTo("light");
    for (int i = 0; i < 5; i++) {
      assertThat(order.take()).isEqualTo("heavy");
    }
    ends.release(threads);
  }
}
