package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.Task;
import dev.pinion.sim.MessageRoom.Share;
import dev.pinion.tables.StoredMessage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** In which order messages of several resources are taken while there is not room for all of them, and that all are. */
@Timeout(60)
final class DeliveriesTest {
  /** Resources with messages of some length. */
  private static final class Resources implements Deliveries.Source {
    final Map<String, BlockingQueue<StoredMessage>> due = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<StoredMessage> begun = new ConcurrentLinkedQueue<>();
    final List<Throwable> failures = new ArrayList<>();
    private final Deliveries deliveries;
    private final boolean endsAtOnce;

    Resources(MessageRoom room, int atOnce, boolean endsAtOnce) {
      deliveries = new Deliveries(this, room, atOnce);
      this.endsAtOnce = endsAtOnce;
    }

    void add(String resource, int length) {
      due.computeIfAbsent(resource, _ -> new LinkedBlockingQueue<>()).add(
          new StoredMessage(
              0, resource, Instant.EPOCH, Optional.empty(), Map.of(), "x".repeat(length), 1, true));
    }

    @Override
    public OptionalInt most(String resource) {
      return due.containsKey(resource) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    @Override
    public List<StoredMessage> take(String resource, Share share) {
      return Optional.ofNullable(due.get(resource)).map(BlockingQueue::poll).map(List::of).orElse(List.of());
    }

    @Override
    public boolean begin(String resource, List<StoredMessage> batch) {
      begun.addAll(batch);
      if (endsAtOnce) Thread.startVirtualThread(() -> deliveries.ended(resource, batch));
      return true;
    }

    @Override
    public synchronized void failed(Throwable failure) {
      failures.add(failure);
    }

    /** Ends the oldest one that has begun, and waits for what begins in its place. */
    String end() {
      StoredMessage first = begun.remove();
      deliveries.ended(first.queue(), List.of(first));
      while (!deliveries.load().isIdle()) Thread.onSpinWait();
      return first.queue();
    }
  }

  @Test
  void resourcesForWhichThereIsNoRoomTakeTurns() {
    Resources resources = new Resources(new MessageRoom(2), 50, false);
    for (int i = 0; i < 20; i++) resources.add("many", 1);
    for (int i = 0; i < 3; i++) resources.add("few", 1);
    resources.add("one", 1_000_000);
    resources.deliveries.deliver(List.of("many", "few", "one"));
    List<String> order = new ArrayList<>();
    while (!resources.begun.isEmpty()) order.add(resources.end());
    assertThat(order).hasSize(24);
    assertThat(order.indexOf("one")).as("%s", order).isLessThan(6);
    assertThat(order.lastIndexOf("few")).as("%s", order).isLessThan(12);
  }

  @Test
  void aResourceThatIsGoneKeepsNobodyWaiting() {
    Resources resources = new Resources(new MessageRoom(1), 50, false);
    for (String each : List.of("first", "gone", "last")) resources.add(each, 1);
    resources.deliveries.deliver(List.of("first", "gone", "last"));
    resources.due.remove("gone");
    assertThat(resources.end()).isEqualTo("first");
    assertThat(resources.end()).isEqualTo("last");
  }

  /** Whoever finds no slot or no room at one moment relies on somebody else's looking again. */
  @Test
  void nothingIsLeftWhenManyDeliverAtOnce() throws Exception {
    for (int round = 0; round < 300; round++) {
      Resources resources = new Resources(new MessageRoom(3), 2, true);
      List<String> names = List.of("a", "b", "c");
      names.forEach(each -> resources.due.put(each, new LinkedBlockingQueue<>()));
      CountDownLatch go = new CountDownLatch(1);
      try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
        for (int sender = 0; sender < 4; sender++) {
          String name = names.get(sender % 3);
          senders.execute(() -> {
            await(go);
            for (int i = 0; i < 20; i++) {
              resources.add(name, 1);
              resources.deliveries.deliver(List.of(name));
            }
          });
        }
        go.countDown();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (resources.begun.size() < 80 && System.nanoTime() < end) Thread.onSpinWait();
      assertThat(resources.begun).as("round %s", round).hasSize(80);
      assertThat(resources.failures).isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As many handlers of one task run as functions do at once in an account, and more of its starts wait. */
  @Test
  void aTaskWithManyStartsLetsAnotherOneBegin() throws Exception {
    AtomicReference<Task<Integer>> many = new AtomicReference<>();
    AtomicReference<Task<Integer>> few = new AtomicReference<>();
    Semaphore ends = new Semaphore(0);
    CountDownLatch begun = new CountDownLatch(1);
    App app = cloud -> {
      many.set(cloud.task("many", Integer.class).create());
      many.get().onStart(_ -> ends.acquire());
      few.set(cloud.task("few", Integer.class).create());
      few.get().onStart(_ -> begun.countDown());
    };
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    try (Simulator simulator = Simulator.of(app).inMemory().values(Map.of()).clock(new TaskTests.Clock())
        .permissions(PermissionMode.OFF).ticksByHand().log(silent).start()) {
      for (int i = 0; i < 1_500; i++) many.get().start(i);
      while (simulator.runningHandlers().size() < 1_000) Thread.onSpinWait();
      few.get().start(1);
      // The first in line takes as much as there is room for, so the other one's turn comes after some that end.
      for (int i = 0; i < 200 && !begun.await(20, TimeUnit.MILLISECONDS); i++) ends.release();
      assertThat(begun.getCount()).isZero();
      ends.release(2_000);
    }
  }
}
