package dev.pinion.tables;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A sweep that fails. */
class SweeperTest {
  @Test
  void theNextSweepIsTried() throws Exception {
    Semaphore sweeps = new Semaphore(0);
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    try (Sweeper _ = new Sweeper(() -> {
      sweeps.release();
      throw new OutOfMemoryError("on purpose");
    }, Duration.ofMillis(1), log::add)) {
      assertThat(sweeps.tryAcquire(3, 20, TimeUnit.SECONDS)).isTrue();
      assertThat(log.poll(20, TimeUnit.SECONDS)).startsWith("expired rows were not deleted").contains("on purpose");
    }
  }
}
