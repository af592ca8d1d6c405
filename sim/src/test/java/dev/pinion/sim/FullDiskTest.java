package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.MessageQueue;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.Table;
import dev.pinion.Task;
import dev.pinion.tables.FullStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The disk is full for a while: afterwards all goes on, as if what handlers' results write had come later. */
@Timeout(60)
final class FullDiskTest {
  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final FullStore disk = new FullStore();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final Semaphore ends = new Semaphore(0);
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<MessageQueue<String>> queue = new AtomicReference<>();
  private final AtomicReference<Task<String>> task = new AtomicReference<>();
  private final AtomicReference<Table> table = new AtomicReference<>();

  /** Notes a message and waits for its end; one that is called bad fails. */
  private void handle(String message) throws Exception {
    begun.add(message);
    ends.acquire();
    if (message.startsWith("bad")) throw new IOException("always");
  }

  private SimulatorBuilder options(App app) {
    SimulatorBuilder options = Simulator.of(app).inMemory().values(Map.of()).clock(clock)
        .permissions(PermissionMode.OFF).ticksByHand().log(new PrintStream(log, true, UTF_8));
    options.memory = disk::open;
    return options;
  }

  private Simulator withQueue(boolean fifo) {
    return options(cloud -> {
      var builder = cloud.queue("jobs", String.class).maxReceives(2);
      queue.set((fifo ? builder.orderedBy(_ -> "all") : builder).create());
      queue.get().onMessage(this::handle).timeout(Duration.ofSeconds(10));
    }).start();
  }

  private Simulator withTask(int retries) {
    return options(cloud -> {
      task.set(cloud.task("work", String.class).maximumRetryAttempts(retries).create());
      task.get().onStart(this::handle);
    }).start();
  }

  private Simulator withTable() {
    return options(cloud -> {
      table.set(cloud.table("rows").hashKey("id", AttributeType.STRING).create());
      table.get().onChange(change -> handle(change.newItem().orElseThrow().string("text")));
    }).start();
  }

  private String begun() throws InterruptedException {
    return String.valueOf(begun.poll(20, TimeUnit.SECONDS));
  }

  /** Handlers end while the disk is full, and it has room again. */
  private void endWhileFull(Simulator simulator, int count) {
    disk.full(true);
    ends.release(count);
    idle(simulator);
    simulator.tick();
    disk.full(false);
  }

  private void advance(Simulator simulator, Duration time) {
    clock.advance(time);
    simulator.tick();
  }

  @Test
  void aMessageThatWasHandledDoesNotComeAgainAndTheNextOneOfItsGroupComes() throws Exception {
    try (Simulator simulator = withQueue(true)) {
      queue.get().send("a");
      queue.get().send("b");
      assertThat(begun()).isEqualTo("a");
      endWhileFull(simulator, 1);
      simulator.tick();
      assertThat(begun()).isEqualTo("b");
      ends.release();
      idle(simulator);
      advance(simulator, Duration.ofMinutes(10));
      idle(simulator);
      assertThat(begun).isEmpty();
      assertThat(simulator.messages(simulator.model().queues().getFirst())).isEmpty();
    }
    assertThat(log.toString(UTF_8)).contains("No space left on device").doesNotContain("internal error");
  }

  @Test
  void aMessageThatHasFailedComesAgainAndIsADeadLetterAfterwards() throws Exception {
    try (Simulator simulator = withQueue(false)) {
      queue.get().send("bad");
      begun();
      endWhileFull(simulator, 1);
      advance(simulator, Duration.ofMinutes(1));
      assertThat(begun()).isEqualTo("bad");
      ends.release();
      idle(simulator);
      queue.get().send("good");
      assertThat(begun()).isEqualTo("good");
      disk.full(true);
      advance(simulator, Duration.ofMinutes(1));
      disk.full(false);
      simulator.tick();
      ends.release();
      idle(simulator);
      assertThat(simulator.deadLetters(simulator.model().queues().getFirst())).singleElement()
          .satisfies(each -> assertThat(each.attempts()).isEqualTo(2));
      assertThat(simulator.messages(simulator.model().queues().getFirst())).isEmpty();
    }
  }

  /** The letters of some messages of a batch are written, and that of another one is not. */
  @Test
  void messagesThatCouldNotBecomeDeadLettersAreGivenBack() throws Exception {
    try (Simulator simulator = withQueue(true)) {
      queue.get().send("bad");
      queue.get().send("good");
      for (int i = 0; i < 2; i++) {
        assertThat(begun()).isEqualTo("bad");
        ends.release();
        idle(simulator);
        if (i == 0) advance(simulator, Duration.ofMinutes(1));
      }
      idle(simulator);
      clock.advance(Duration.ofMinutes(1));
      disk.fullAfter(1); // it is received, and cannot be moved
      simulator.tick();
      idle(simulator);
      disk.full(false);
      simulator.tick();
      assertThat(begun()).isEqualTo("good");
      ends.release();
      idle(simulator);
      assertThat(simulator.deadLetters(simulator.model().queues().getFirst())).singleElement()
          .satisfies(each -> assertThat(each.attempts()).isEqualTo(2));
    }
  }

  @Test
  void noPlaceAmongThoseHandledAtOnceIsLost() throws Exception {
    int count = 200;
    try (Simulator simulator = withQueue(false)) {
      for (int i = 0; i < count; i++) queue.get().send("m" + i);
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) all.add(begun());
      endWhileFull(simulator, 50);
      simulator.tick();
      for (int i = 50; i < 100; i++) all.add(begun());
      ends.release(count);
      for (int i = 100; i < count; i++) all.add(begun());
      idle(simulator);
      assertThat(all).doesNotHaveDuplicates().doesNotContain("null");
      assertThat(simulator.messages(simulator.model().queues().getFirst())).isEmpty();
    }
  }

  @Test
  void whatIsSentIsRefusedAndWhatIsAcceptedCannotFail() throws Exception {
    try (Simulator simulator = withQueue(false)) {
      disk.full(true);
      assertThatThrownBy(() -> queue.get().send("a")).isInstanceOf(ServiceUnavailableException.class)
          .hasMessageContaining("No space left on device");
      disk.fullAfter(1); // it is kept, and cannot be received
      queue.get().send("b");
      assertThat(begun).isEmpty();
      disk.full(false);
      simulator.tick();
      assertThat(begun()).isEqualTo("b");
      ends.release();
    }
  }

  @Test
  void startsOfTasksThatEndTogetherAreAllNoted() throws Exception {
    try (Simulator simulator = withTask(0)) {
      for (int i = 0; i < 10; i++) {
        task.get().start("good" + i);
        task.get().start("bad" + i);
      }
      for (int i = 0; i < 20; i++) begun();
      endWhileFull(simulator, 20);
      disk.full(true);
      simulator.tick();
      disk.full(false);
      simulator.tick();
      assertThat(simulator.deadLetters(simulator.model().tasks().getFirst())).hasSize(10);
      advance(simulator, Duration.ofMinutes(10));
      idle(simulator);
      assertThat(begun).isEmpty();
      assertThat(simulator.nextAttempts()).isEmpty();
    }
  }

  @Test
  void aStartThatHasFailedIsTriedAgain() throws Exception {
    try (Simulator simulator = withTask(2)) {
      task.get().start("bad");
      for (int i = 0; i < 3; i++) {
        assertThat(begun()).isEqualTo("bad");
        endWhileFull(simulator, 1);
        simulator.tick();
        advance(simulator, Duration.ofMinutes(3));
      }
      assertThat(simulator.deadLetters(simulator.model().tasks().getFirst())).singleElement()
          .satisfies(each -> assertThat(each.attempts()).isEqualTo(3));
    }
  }

  private void put(String id, String text) {
    table.get().putItem(Item.of("id", id, "text", text));
  }

  @Test
  void changesOfARowGoOnInTheirOrder() throws Exception {
    try (Simulator simulator = withTable()) {
      put("a", "good1");
      put("a", "bad2");
      put("a", "good3");
      assertThat(begun()).isEqualTo("good1");
      endWhileFull(simulator, 1);
      simulator.tick();
      for (int i = 0; i < 5; i++) {
        assertThat(begun()).isEqualTo("bad2");
        endWhileFull(simulator, 1);
        simulator.tick();
        advance(simulator, Duration.ofMinutes(1));
      }
      assertThat(begun()).isEqualTo("good3");
      ends.release();
      idle(simulator);
      assertThat(simulator.deadLetters(simulator.model().tables().getFirst())).hasSize(1);
    }
  }

  /** Nobody writes to the table any more: what was not passed on is, by itself. */
  @Test
  void aChangeThatWasNotPassedOnComesWithoutAnotherWrite() throws Exception {
    try (Simulator simulator = withTable()) {
      disk.full(true);
      put("a", "good");
      assertThat(begun).isEmpty();
      disk.full(false);
      assertThat(begun()).isEqualTo("good");
      ends.release();
      idle(simulator);
      assertThat(Optional.ofNullable(begun.peek())).isEmpty();
    }
  }
}
