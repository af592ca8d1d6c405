package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.ChangeHandler;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.TableChange;
import dev.pinion.TransactWrite;
import dev.pinion.TransactionCanceledException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which changes of a table come to its handler, in which order, and what becomes of those that fail. */
@Timeout(60)
final class TableChangesTest {
  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<TableChange> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<Table> table = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  private App app(ChangeHandler handler) {
    return cloud -> {
      Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).timeToLive("ends").create();
      cloud.table("others").hashKey("id", AttributeType.STRING).create();
      rows.onChange(handler).timeout(Duration.ofSeconds(10));
      table.set(rows);
    };
  }

  private App silent() {
    return cloud -> {
      table.set(cloud.table("rows").hashKey("id", AttributeType.STRING).timeToLive("ends").create());
      cloud.schedule("tick").rate(Duration.ofMinutes(1)).create().onTick(_ -> {});
    };
  }

  private SimulatorBuilder options(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8));
  }

  private TableChange told() throws InterruptedException {
    TableChange change = told.poll(20, TimeUnit.SECONDS);
    assertThat(change).isNotNull();
    return change;
  }

  private void put(String id, int n) {
    table.get().putItem(Item.of("id", id, "n", n));
  }

  @Test
  void eachChangeHasTheOldAndTheNewRow() throws Exception {
    try (Simulator simulator = options(app(told::add)).start()) {
      put("a", 1);
      table.get().updateItem(Key.of("id", "a"), attribute("n").set(2));
      table.get().deleteItem(Key.of("id", "a"));
      table.get().deleteItem(Key.of("id", "a"));
      List<TableChange> all = List.of(told(), told(), told());
      idle(simulator);
      assertThat(told).isEmpty();
      assertThat(all).extracting(TableChange::type).containsExactly(
          TableChange.Type.INSERT, TableChange.Type.MODIFY, TableChange.Type.REMOVE);
      assertThat(all).extracting(TableChange::key).containsOnly(Key.of("id", "a"));
      assertThat(all).extracting(each -> each.oldItem().map(item -> item.number("n").intValue()))
          .containsExactly(Optional.empty(), Optional.of(1), Optional.of(2));
      assertThat(all).extracting(each -> each.newItem().map(item -> item.number("n").intValue()))
          .containsExactly(Optional.of(1), Optional.of(2), Optional.empty());
      assertThat(all).extracting(TableChange::eventId).doesNotHaveDuplicates();
      assertThat(all).extracting(TableChange::expired).containsOnly(false);
      assertThat(all).extracting(TableChange::time).containsOnly(clock.instant());
    }
  }

  @Test
  void anUpdateOfARowThatIsNotThereIsAnInsert() throws Exception {
    try (Simulator _ = options(app(told::add)).start()) {
      table.get().updateItem(Key.of("id", "a"), attribute("n").set(1));
      TableChange change = told();
      assertThat(change.type()).isEqualTo(TableChange.Type.INSERT);
      assertThat(change.oldItem()).isEmpty();
      assertThat(change.newItem()).contains(Item.of("id", "a", "n", 1));
    }
  }

  @Test
  void aWriteThatIsRefusedIsNoChange() throws Exception {
    try (Simulator simulator = options(app(told::add)).start()) {
      put("a", 1);
      told();
      assertThatThrownBy(() -> table.get().putItem(Item.of("id", "a", "n", 2), attribute("id").notExists()))
          .isInstanceOf(ConditionalCheckFailedException.class);
      assertThatThrownBy(
          () -> Table.transactWriteItems(
              TransactWrite.put(table.get(), Item.of("id", "b")),
              TransactWrite.check(table.get(), Key.of("id", "a"), attribute("id").notExists())))
          .isInstanceOf(TransactionCanceledException.class);
      idle(simulator);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aRowThatIsWrittenAsItWasHasNotChanged() throws Exception {
    try (Simulator simulator = options(app(told::add)).start()) {
      put("a", 1);
      put("a", 1);
      table.get().updateItem(Key.of("id", "a"), attribute("n").set(1));
      told();
      idle(simulator);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void batchesAndTransactionsAreChangesToo() throws Exception {
    try (Simulator simulator = options(app(told::add)).start()) {
      table.get().batchWriteItem(List.of(Item.of("id", "a"), Item.of("id", "b")), List.of());
      Table.transactWriteItems(
          TransactWrite.delete(table.get(), Key.of("id", "a")),
          TransactWrite.put(table.get(), Item.of("id", "c")));
      List<String> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        TableChange change = told();
        all.add(change.type() + " " + change.key().attributes().string("id"));
      }
      idle(simulator);
      assertThat(all).containsExactlyInAnyOrder("INSERT a", "INSERT b", "REMOVE a", "INSERT c");
    }
  }

  @Test
  void anExpiredRowIsRemovedByDynamoDb() throws Exception {
    try (Simulator simulator = options(app(told::add)).start()) {
      table.get().putItem(Item.of("id", "a", "ends", clock.instant().getEpochSecond() + 10));
      told();
      clock.advance(Duration.ofSeconds(12));
      simulator.sweep();
      TableChange removed = told();
      assertThat(removed.type()).isEqualTo(TableChange.Type.REMOVE);
      assertThat(removed.expired()).isTrue();
    }
  }

  @Test
  void aFailureIsTriedAgainAndLaterChangesOfTheRowWait() throws Exception {
    List<String> calls = new ArrayList<>();
    try (Simulator simulator = options(app(change -> {
      int n = change.newItem().orElseThrow().number("n").intValue();
      synchronized (calls) {
        calls.add(change.key().attributes().string("id") + n);
        if (n == 1 && calls.stream().filter("a1"::equals).count() < 3) throw new IOException("not yet");
      }
    })).start()) {
      put("a", 1);
      put("a", 2);
      put("b", 7);
      idle(simulator);
      assertThat(calls).containsExactlyInAnyOrder("a1", "b7");
      clock.advance(Duration.ofSeconds(1));
      simulator.tick();
      idle(simulator);
      assertThat(calls).hasSize(3);
      clock.advance(Duration.ofSeconds(2));
      simulator.tick();
      idle(simulator);
      assertThat(calls.subList(2, 5)).containsExactly("a1", "a1", "a2");
    }
    assertThat(log.toString(UTF_8)).contains("TableChangesTest.java:", "handler rows/changes for the INSERT of ",
        "(attempt 1, tried again in 1 s)", "(attempt 2, tried again in 2 s)");
  }

  @Test
  void aPoisonedChangeIsADeadLetterAndTheNextOnesFollow() throws Exception {
    try (Simulator simulator = options(app(change -> {
      if (change.newItem().orElseThrow().number("n").intValue() == 1) throw new IOException("poison");
      told.add(change);
    })).start()) {
      put("a", 1);
      put("a", 2);
      for (int i = 0; i < 6; i++) {
        idle(simulator);
        clock.advance(Duration.ofSeconds(20));
        simulator.tick();
      }
      idle(simulator);
      assertThat(told().newItem().orElseThrow().number("n").intValue()).isEqualTo(2);
      assertThat(simulator.deadLetters(simulator.model().tables().getFirst())).singleElement().satisfies(each -> {
        assertThat(each.attempts()).isEqualTo(5);
        assertThat(each.error()).isEqualTo("java.io.IOException: poison");
        assertThat(each.body()).contains("INSERT");
      });
    }
  }

  @Test
  void whatWasNotHandledBeforeAStopComesAfterIt() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (Simulator simulator = options(app(_ -> {
      running.countDown();
      new CountDownLatch(1).await();
    })).start()) {
      put("a", 1);
      put("a", 2);
      running.await();
      assertThat(simulator.close(Duration.ZERO)).singleElement().asString().startsWith("rows/changes for the INSERT");
    }
    try (Simulator simulator = options(app(told::add)).start()) {
      assertThat(List.of(told(), told())).extracting(TableChange::type)
          .containsExactly(TableChange.Type.INSERT, TableChange.Type.MODIFY);
      idle(simulator);
      assertThat(told).isEmpty();
    }
    try (Simulator simulator = options(app(told::add)).start()) {
      idle(simulator);
      assertThat(told).isEmpty();
      put("b", 1);
      told();
    }
  }

  @Test
  void whatNobodyReadsIsNotKept() throws Exception {
    try (Simulator simulator = options(app(_ -> {
      throw new IOException("always");
    })).start()) {
      put("a", 1);
      idle(simulator);
    }
    clock.advance(Duration.ofHours(25));
    try (Simulator simulator = options(app(told::add)).start()) {
      idle(simulator);
      assertThat(told).isEmpty();
      assertThat(log.toString(UTF_8))
          .contains("table 'rows': a change was dropped, as DynamoDB keeps changes for a day only");
    }
    try (Simulator simulator = options(silent()).start()) {
      put("unread", 1);
      assertThat(simulator.reload(app(told::add))).isInstanceOfSatisfying(
          Reloaded.Applied.class,
          each -> assertThat(each.changes()).contains("table 'rows': its changes are now handled"));
      put("read", 1);
      assertThat(told().key()).isEqualTo(Key.of("id", "read"));
      idle(simulator);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aReloadGoesOnWithTheNewHandler() throws Exception {
    try (Simulator simulator = options(app(_ -> {
      throw new IOException("old");
    })).start()) {
      put("a", 1);
      idle(simulator);
      assertThat(simulator.reload(app(told::add))).isInstanceOf(Reloaded.Applied.class);
      clock.advance(Duration.ofSeconds(1));
      simulator.tick();
      assertThat(told().key()).isEqualTo(Key.of("id", "a"));
    }
  }
}
