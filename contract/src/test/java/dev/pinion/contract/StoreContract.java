package dev.pinion.contract;

import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Cloud;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Table;
import dev.pinion.TransactWrite;
import dev.pinion.TransactionCanceledException;
import dev.pinion.ValidationException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a table does on every {@link dev.pinion.spi.Store}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract {
  private static final Scan KEYS = Scan.all().project(attribute("id"), attribute("n"));

  private final TablesApp app;
  private final Table table;

  /** Runs all tests on one back end. */
  protected StoreContract(StoreBackend.Start start) throws Exception {
    app = TablesApp.start(StoreContract::tables, start);
    table = app.tables().getFirst();
  }

  @BeforeEach
  void empty() {
    table.batchWriteItem(List.of(), table.scan(KEYS).map(Key::new).toList());
  }

  @AfterAll
  void close() {
    app.close();
  }

  private static List<Table> tables(Cloud cloud) {
    return List.of(cloud.table("rows").hashKey("id", STRING).rangeKey("n", NUMBER).create());
  }

  private static Item row(Object number) {
    return Item.of("id", "a", "n", number);
  }

  private static List<Item> rows(int count) {
    return IntStream.range(0, count).mapToObj(StoreContract::row).toList();
  }

  private static List<Key> keys(int count) {
    return rows(count).stream().map(Key::new).toList();
  }

  @Test
  void anyNumberOfRowsIsWrittenReadAndDeleted() {
    table.batchWriteItem(rows(230), List.of());
    assertThat(table.batchGetItem(keys(240))).containsExactlyInAnyOrderElementsOf(rows(230));
    table.batchWriteItem(List.of(row(500)), keys(229));
    assertThat(table.scan()).containsExactlyInAnyOrder(row(229), row(500));
    table.batchWriteItem(List.of(), List.of());
    assertThat(table.batchGetItem(List.of())).isEmpty();
  }

  @Test
  void aRowThatIsGivenTwiceIsRefusedBeforeAnythingIsWritten() {
    List<Item> twice = new ArrayList<>(rows(60));
    twice.add(row(new BigDecimal("3.0")));
    assertThatThrownBy(() -> table.batchWriteItem(twice, List.of())).isInstanceOf(ValidationException.class)
        .hasMessage("Provided list of item keys contains duplicates");
    assertThatThrownBy(() -> table.batchWriteItem(rows(60), List.of(new Key(row(3)))))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> table.batchWriteItem(List.of(row(3), row(3)), List.of()))
        .isInstanceOf(ValidationException.class).hasMessage("Provided list of item keys contains duplicates");
    assertThat(table.scan()).isEmpty();
  }

  @Test
  void aKeyThatIsGivenTwiceIsReadOnce() {
    table.batchWriteItem(rows(3), List.of());
    List<Key> twice = new ArrayList<>(keys(150));
    twice.add(new Key(row(new BigDecimal("1.00"))));
    twice.addAll(keys(150));
    assertThat(table.batchGetItem(twice)).containsExactlyInAnyOrderElementsOf(rows(3));
  }

  @Test
  void aRowThatIsInATransactionTwiceIsRefused() {
    for (Object number : List.of(3, 10, -100, new BigDecimal("0.00001"))) {
      assertThatThrownBy(
          () -> Table.transactWriteItems(
              TransactWrite.put(table, row(number)), TransactWrite.delete(table, new Key(row(number)))))
          .as("%s", number).isInstanceOf(ValidationException.class)
          .hasMessage("Transaction request cannot include multiple operations on one item");
    }
  }

  @Test
  void numbersAreExactToThe38thDigit() {
    for (String digits : List.of(
        "12345678901234567890123456789012345678", "-0.12345678901234567890123456789012345678",
        "9.9999999999999999999999999999999999999E+125", "-1E-130", "1E+38", "0.10")) {
      BigDecimal number = new BigDecimal(digits);
      table.putItem(row(1).with("value", number));
      assertThat(table.getItem(new Key(row(1))).orElseThrow().number("value")).as(digits)
          .isEqualByComparingTo(number);
    }
    table.putItem(row(1).with("value", new BigDecimal("99999999999999999999999999999999999998")));
    assertThat(table.updateItem(new Key(row(1)), attribute("value").add(1)).number("value"))
        .isEqualTo("99999999999999999999999999999999999999");
    assertThatThrownBy(() -> table.updateItem(new Key(row(1)), attribute("value").add(new BigDecimal("0.5"))))
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> table.putItem(row(1).with("value", new BigDecimal("1E+126"))))
        .isInstanceOf(ValidationException.class).hasMessageContaining("Number overflow");
  }

  enum State {
    FREE, SOLD
  }

  record Seat(String id, int n, State state, Instant at, Optional<String> guest, List<Map<String, Double>> prices,
      Set<Bytes> stamps, Bytes photo) {}

  @Test
  void aRecordComesBackAsItWas() {
    Bytes bytes = Bytes.of(new byte[] {0, -1, 127});
    Seat seat = new Seat(
        "a", 1, State.SOLD, Instant.EPOCH, Optional.empty(), List.of(Map.of("full", 29.9), Map.of()), Set.of(bytes),
        bytes);
    table.putItem(seat);
    assertThat(table.query("a").map(row -> row.as(Seat.class))).containsExactly(seat);
    Seat other = new Seat("a", 1, State.FREE, Instant.MAX, Optional.of("Ann"), List.of(), Set.of(bytes), bytes);
    assertThat(table.putItem(other, attribute("state").equalTo(State.SOLD))).contains(Item.from(seat));
    assertThat(table.getItem(new Key(row(1))).orElseThrow().as(Seat.class)).isEqualTo(other);
  }

  @Test
  void instantsSortByTime() {
    List<Instant> times = Stream.of(
        "0000-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z",
        "2026-01-01T00:00:00.001000001Z", "2026-01-01T00:00:01Z", "9999-12-31T23:59:59.999999999Z").map(Instant::parse)
        .toList();
    assertThat(times.stream().map(AttributeValue::of).map(value -> ((AttributeValue.S) value).value())).isSorted()
        .contains("2026-01-01T00:00:00.000000000Z");
    record Old(Instant at) {}
    assertThat(Item.of("at", "2026-01-01T00:00:00Z").as(Old.class).at()).isEqualTo(times.get(2));
  }

  @Test
  void whatIsRefusedHasAwssName() {
    assertThatThrownBy(() -> table.deleteItem(new Key(row(1)), attribute("n").exists()))
        .isInstanceOf(ConditionalCheckFailedException.class).hasMessage("The conditional request failed");
    assertThatThrownBy(() -> table.getItem(Key.of("id", "a"))).isInstanceOf(ValidationException.class);
    assertThatThrownBy(() -> table.putItem(row(1).with("text", "x".repeat(400 * 1024))))
        .isInstanceOf(ValidationException.class).hasMessage("Item size has exceeded the maximum allowed size");
    assertThatThrownBy(() -> table.query(Query.hashKey("a").index("none")).toList())
        .isInstanceOf(ValidationException.class);
    assertThatThrownBy(
        () -> Table.transactWriteItems(
            TransactWrite.put(table, row(1)), TransactWrite.check(table, new Key(row(2)), attribute("n").exists())))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            refused -> assertThat(refused.reasons()).extracting(TransactionCanceledException.Reason::code)
                .containsExactly("None", "ConditionalCheckFailed"));
    assertThat(table.scan()).isEmpty();
  }
}
