import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends to a queue, and prints how many messages it handles in a second, and how long one takes. */
public final class Queueing implements App {
  private static final int THREADS = 8;
  private static final int EACH = 5_000;
  private static final int SINGLE = 3_000;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static final Semaphore HANDLED = new Semaphore(0);

  @Override
  public void define(Cloud cloud) {
    MessageQueue<String> queue = cloud.queue("work", String.class).create();
    queue.onMessage(_ -> HANDLED.release());
    cloud.schedule("go").rate(Duration.ofMinutes(1)).create().onTick(_ -> {
      if (BEGUN.compareAndSet(false, true)) measure(queue);
    }).timeout(Duration.ofMinutes(15));
  }

  private static void measure(MessageQueue<String> queue) throws InterruptedException {
    var _ = burst(queue);
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < SINGLE; i++) {
      long start = System.nanoTime();
      queue.send("{\"number\":" + i + "}");
      HANDLED.acquire();
      nanos.add(System.nanoTime() - start);
    }
    nanos.sort(null);
    System.out.printf(
        "queueing %.0f %.3f %.3f%n", burst(queue), nanos.get(SINGLE / 2) / 1e6, nanos.get(SINGLE * 99 / 100) / 1e6);
  }

  /** Returns how many messages a second are sent and handled. */
  private static double burst(MessageQueue<String> queue) throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(THREADS);
    long start = System.nanoTime();
    for (int t = 0; t < THREADS; t++) {
      Thread.ofVirtual().start(() -> {
        for (int i = 0; i < EACH; i++) queue.send("{\"number\":" + i + ",\"text\":\"a message of some length\"}");
        sent.countDown();
      });
    }
    HANDLED.acquire(THREADS * EACH);
    sent.await();
    return THREADS * EACH / ((System.nanoTime() - start) / 1e9);
  }
}
