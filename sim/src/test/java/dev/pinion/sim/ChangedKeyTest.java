package dev.pinion.sim;

import dev.pinion.App;
import dev.pinion.AttributeType;
import dev.pinion.ChangeHandler;
import dev.pinion.Definition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.TableBuilder;
import dev.pinion.TableChange;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.MessageStore;
import dev.pinion.tables.RowChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.pinion.sim.TaskTests.idle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a table's changes when it has another key: on AWS, it is another table. */
@Timeout(60)
final class ChangedKeyTest {
  private static final ChangeHandler FAILING = _ -> {
    throw new IOException("always");
  };

  private final TaskTests.Clock clock = new TaskTests.Clock();
  private final BlockingQueue<TableChange> told = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final AtomicReference<Table> table = new AtomicReference<>();

  @TempDir private Path data = Path.of("");

  /** Another key: of a row of the old one, each could take a part for its own. */
  enum Another {
    NAME, TYPE, RANGE;

    TableBuilder of(TableBuilder table) {
      return switch (this) {
        case NAME -> table.hashKey("name", AttributeType.STRING);
        case TYPE -> table.hashKey("id", AttributeType.NUMBER);
        case RANGE -> table.hashKey("id", AttributeType.STRING).rangeKey("name", AttributeType.STRING);
      };
    }

    Item row() {
      return Item.of("id", this == TYPE ? (Object) 7 : "new", "name", "new");
    }
  }

  private static TableBuilder id(TableBuilder table) {
    return table.hashKey("id", AttributeType.STRING);
  }

  private App app(UnaryOperator<TableBuilder> key, ChangeHandler handler) {
    return cloud -> {
      table.set(key.apply(cloud.table("rows")).create());
      table.get().onChange(handler).timeout(Duration.ofSeconds(10));
    };
  }

  private Simulator start(App app) {
    return Simulator.of(app).data(data).values(Map.of()).clock(clock).permissions(PermissionMode.OFF).ticksByHand()
        .log(new PrintStream(log, true, UTF_8)).start();
  }

  private void advance(Simulator simulator, Duration time) {
    idle(simulator);
    clock.advance(time);
    simulator.tick();
    idle(simulator);
  }

  private TableChange told() throws InterruptedException {
    TableChange change = told.poll(20, TimeUnit.SECONDS);
    assertThat(change).isNotNull();
    return change;
  }

  /** Adds rows and removes them, so that the table may have another key. */
  private void comeAndGo(String... ids) {
    for (String id : ids) {
      table.get().putItem(Item.of("id", id, "name", "old"));
      table.get().deleteItem(Key.of("id", id));
    }
  }

  private void onlyTheNewOneComes(Simulator simulator, Another key) throws InterruptedException {
    table.get().putItem(key.row());
    assertThat(told().newItem()).contains(key.row());
    advance(simulator, Duration.ofMinutes(1));
    assertThat(told).isEmpty();
    TableModel model = simulator.model().tables().getFirst();
    assertThat(simulator.deadLetters(model)).isEmpty();
    ByteArrayOutputStream announced = new ByteArrayOutputStream();
    simulator.announce(new PrintStream(announced, true, UTF_8));
    assertThat(announced.toString(UTF_8)).doesNotContain("changes of   'rows'");
    assertThat(log.toString(UTF_8)).doesNotContain("internal error");
  }

  @ParameterizedTest
  @EnumSource
  void changesOfTheOldKeyAreGoneWithAReload(Another key) throws Exception {
    try (Simulator simulator = start(app(ChangedKeyTest::id, FAILING))) {
      comeAndGo("a", "b");
      idle(simulator);
      assertThat(simulator.reload(app(key::of, told::add))).isInstanceOf(Reloaded.Applied.class);
      assertThat(log.toString(UTF_8)).contains(
          "table 'rows': 4 changes that waited were dropped, as the table has another key now");
      onlyTheNewOneComes(simulator, key);
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesOfTheOldKeyAreGoneWithAStart(Another key) throws Exception {
    try (Simulator simulator = start(app(ChangedKeyTest::id, FAILING))) {
      for (int i = 0; i < 20; i++) comeAndGo("" + i);
      idle(simulator);
    }
    try (Simulator simulator = start(app(key::of, told::add))) {
      assertThat(log.toString(UTF_8)).contains("table 'rows': 40 changes that waited were dropped");
      onlyTheNewOneComes(simulator, key);
    }
  }

  /** As an earlier version of Pinion may have left it in the folder. */
  @Test
  void aChangeOfTheOldKeyThatIsBehindOneOfTheNewKeyIsDroppedWhenItIsDue() throws Exception {
    TableModel before;
    try (Simulator simulator = start(app(ChangedKeyTest::id, told::add))) {
      before = simulator.model().tables().getFirst();
    }
    try (Simulator simulator = start(app(Another.NAME::of, FAILING))) {
      table.get().putItem(Another.NAME.row());
      idle(simulator);
    }
    RowChange old = new RowChange(
        1, "rows", Optional.empty(), Optional.of(Item.of("id", "a")), false, clock.instant());
    try (MessageStore store = MessageStore.open(data.resolve("messages"), clock, _ -> {})) {
      store.append(ChangeMessages.of(old, before, clock.instant()));
    }
    try (Simulator simulator = start(app(Another.NAME::of, told::add))) {
      advance(simulator, Duration.ofSeconds(1));
      assertThat(told().newItem()).contains(Another.NAME.row());
      assertThat(told).isEmpty();
    }
    assertThat(log.toString(UTF_8)).contains("table 'rows': 1 change that waited was dropped")
        .doesNotContain("internal error");
  }

  @Test
  void aChangeWhoseHandlerRunsIsDroppedWhenItComesAgain() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    try (Simulator simulator = start(app(ChangedKeyTest::id, _ -> {
      running.countDown();
      fail.await();
      throw new IOException("at last");
    }))) {
      comeAndGo("a");
      running.await();
      assertThat(simulator.reload(app(Another.NAME::of, told::add))).isInstanceOf(Reloaded.Applied.class);
      assertThat(log.toString(UTF_8)).contains("table 'rows': 1 change that waited was dropped");
      fail.countDown();
      advance(simulator, Duration.ofSeconds(1));
      assertThat(log.toString(UTF_8)).contains("for the INSERT of Key").containsPattern(
          "(?s)failed \\(attempt 1.*table 'rows': 1 change that waited was dropped");
      onlyTheNewOneComes(simulator, Another.NAME);
    }
  }

  /** Between the moment when the table has the new key, and the one when the new program is there. */
  @ParameterizedTest
  @EnumSource
  void aChangeThatComesDuringAReloadIsTakenAfterIt(Another key) {
    AppModel before = Definition.of(app(ChangedKeyTest::id, told::add)).model();
    AppModel after = Definition.of(app(key::of, told::add)).model();
    SimulatorBuilder options = Simulator.of(app(key::of, told::add)).inMemory().clock(clock);
    RowChange change = new RowChange(1, "rows", Optional.empty(), Optional.of(key.row()), false, clock.instant());
    try (LocalMessages messages = LocalMessages.of(options, _ -> {})) {
      TableChanges changes = new TableChanges(options, messages, before);
      changes.redeclaring(after.tables());
      assertThatThrownBy(() -> changes.take(List.of(change))).isInstanceOf(IllegalStateException.class);
      assertThat(changes.taken()).as("it comes again").isZero();
      TableChanges next = new TableChanges(options, messages, after);
      next.redeclaring(List.of());
      next.take(List.of(change));
      assertThat(messages.open().list(ChangeMessages.queue("rows"), 0, 10)).singleElement()
          .matches(each -> ChangeMessages.isOf(each, after.tables().getFirst()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void deadLettersOfTheOldKeyStay(Another key) throws Exception {
    try (Simulator simulator = start(app(ChangedKeyTest::id, FAILING))) {
      table.get().putItem(Item.of("id", "a"));
      for (int i = 0; i < 5; i++) advance(simulator, Duration.ofSeconds(20));
      table.get().deleteItem(Key.of("id", "a"));
      for (int i = 0; i < 5; i++) advance(simulator, Duration.ofSeconds(20));
      assertThat(simulator.reload(app(key::of, told::add))).isInstanceOf(Reloaded.Applied.class);
      assertThat(simulator.deadLetters(simulator.model().tables().getFirst())).extracting(DeadLetter::body)
          .containsExactly(
              "the INSERT of Item{id=S[value=a]}, when the table had another key",
              "the REMOVE of Item{id=S[value=a]}, when the table had another key");
      assertThat(log.toString(UTF_8)).doesNotContain("dropped");
    }
  }
}
