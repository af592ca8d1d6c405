package dev.pinion.contract;

import dev.pinion.Attribute;
import dev.pinion.Cloud;
import dev.pinion.Condition;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Table;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** DynamoDB's limits, to the byte, on every {@link dev.pinion.spi.Store}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreLimitsContract {
  private static final int ROW = 400 * 1024;

  private final TablesApp app;
  private final Table table;

  /** Runs all tests on one back end. */
  protected StoreLimitsContract(StoreBackend.Start start) throws Exception {
    app = TablesApp.start(StoreLimitsContract::tables, start);
    table = app.tables().getFirst();
  }

  @AfterAll
  void close() {
    app.close();
  }

  private static List<Table> tables(Cloud cloud) {
    return List.of(
        cloud.table("rows").hashKey("id", STRING).rangeKey("at", STRING).attribute("user", STRING)
            .attribute("day", STRING).index("byUser", "user", "day").create());
  }

  private static String text(int bytes) {
    return "x".repeat(bytes);
  }

  private static Item row(String id, String at) {
    return Item.of("id", id, "at", at);
  }

  private static Key key(int at) {
    return new Key(row("key", "row " + at));
  }

  /** The call takes the largest size, and refuses one more. */
  private static void most(int largest, IntConsumer call) {
    call.accept(largest);
    assertThatThrownBy(() -> call.accept(largest + 1)).isInstanceOf(ValidationException.class);
  }

  @Test
  void keys() {
    most(2048, bytes -> table.putItem(row(text(bytes), "a")));
    most(1024, bytes -> table.putItem(row("a", text(bytes))));
    most(1024, bytes -> table.getItem(new Key(row("a", text(bytes)))));
    most(2048, bytes -> table.putItem(row("a", "a").with("user", text(bytes)).with("day", "a")));
    most(1024, bytes -> table.putItem(row("a", "a").with("user", "a").with("day", text(bytes))));
    for (Item empty : List.of(row("", "a"), row("a", ""), row("a", "a").with("user", ""))) {
      assertThatThrownBy(() -> table.putItem(empty)).isInstanceOf(ValidationException.class);
    }
  }

  @Test
  void rows() {
    int rest = "id".length() + "a".length() + "at".length() + "a".length() + "text".length();
    most(ROW - rest, bytes -> table.putItem(row("a", "a").with("text", text(bytes))));
    most((ROW - rest) / 2, bytes -> table.putItem(row("a", "a").with("text", "ü".repeat(bytes))));
    table.putItem(row("a", "a"));
    most(ROW - rest, bytes -> table.updateItem(new Key(row("a", "a")), attribute("text").set(text(bytes))));
    table.putItem(row("a", "a").with("text", text(ROW - rest)));
    assertThatThrownBy(() -> table.updateItem(new Key(row("a", "a")), attribute("more").set(1)))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void rangesOfKeys() {
    Query all = Query.hashKey("nobody");
    most(1024, bytes -> assertThat(table.query(all.rangeEqualTo(text(bytes)))).isEmpty());
    most(1024, bytes -> assertThat(table.query(all.rangeLessThan(text(bytes)))).isEmpty());
    most(1024, bytes -> assertThat(table.query(all.rangeBeginsWith(text(bytes)))).isEmpty());
    most(1024, bytes -> assertThat(table.query(all.rangeBetween("a", text(bytes)))).isEmpty());
  }

  @Test
  void names() {
    most(65_535, bytes -> table.putItem(row("a", "a").with(text(bytes), 1)));
    most(65_535, bytes -> table.putItem(row("a", "a").with("map", Map.of(text(bytes), 1))));
    most(65_535, bytes -> table.getItem(new Key(row("a", "a")), attribute(text(bytes))));
    for (Object empty : List.of(Map.of("", 1), List.of(Map.of("a", Map.of("", 1))))) {
      assertInvalid(() -> table.putItem(row("a", "a").with("map", empty)));
      assertInvalid(() -> table.updateItem(new Key(row("a", "a")), attribute("map").set(empty)));
    }
    assertInvalid(() -> table.updateItem(new Key(row("a", "a")), attribute("map").child("").set(1)));
  }

  private static void assertInvalid(ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(ValidationException.class);
  }

  /** Digits count in pairs from the decimal point on. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "100, 2", "12, 2", "123, 3", "12.3, 3", "123.4, 4", "0.01, 2", "0.012, 3", "1E+11, 2",
    "-12, 3", "-123, 4", "1234567.8901, 7", "12345678901234567890123456789012345678, 20"})
  void numbersInARow(BigDecimal number, int bytes) {
    int rest = "id".length() + "a".length() + "at".length() + "a".length() + "text".length() + "n".length() + bytes;
    most(ROW - rest, text -> table.putItem(row("a", "a").with("n", number).with("text", text(text))));
  }

  @Test
  void expressions() {
    Key key = new Key(row("expressions", "a"));
    most(287, count -> table.updateItem(key, updates(count, i -> attribute("a" + i).set("v"))));
    most(600, count -> table.updateItem(key, updates(count, i -> attribute("a" + i).remove())));
    most(601, count -> table.getItem(key, updates(count, i -> attribute("a" + i), Attribute[]::new)));
    assertThat(table.scan(Scan.all().filter(attribute("z").equalTo(text(1_048_566))))).isEmpty();
    assertInvalid(() -> table.scan(Scan.all().filter(attribute("z").equalTo(text(2_097_146)))).toList());
    table.updateItem(key, updates(40, i -> attribute(text(26_206) + i).remove()));
    assertInvalid(() -> table.updateItem(key, updates(40, i -> attribute(text(52_430) + i).remove())));
    most(409_599, bytes -> assertThatConditionFails(
        () -> table.updateItem(key, attribute("none").exists(), attribute("p").set(text(bytes)))));
    assertInvalid(() -> table.putItem(row("expressions", "c").with("t", text(410_000)), attribute("none").exists()));
  }

  /** As when a program adds one for each of many ids. */
  @Test
  void manyConditions() {
    Condition any = attribute("z").equalTo(0);
    for (int i = 1; i < 100_000; i++) {
      any = any.or(attribute("z").equalTo(i));
    }
    Condition all = any;
    assertInvalid(() -> table.scan(Scan.all().filter(all)).toList());
    assertInvalid(() -> table.putItem(row("a", "a"), all));
    assertInvalid(() -> table.putItem(row("a", "a"), all.not()));
  }

  private static Update[] updates(int count, IntFunction<Update> each) {
    return updates(count, each, Update[]::new);
  }

  private static <T> T[] updates(int count, IntFunction<T> each, IntFunction<T[]> array) {
    return IntStream.range(0, count).mapToObj(each).toArray(array);
  }

  private static void assertThatConditionFails(ThrowableAssert.ThrowingCallable call) {
    Throwable thrown = ThrowableAssert.catchThrowable(call);
    if (thrown instanceof ValidationException refused) {
      throw refused;
    }
    assertThat(thrown).isInstanceOf(ConditionalCheckFailedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "cut \ud83d", "\ude00 and more", "\ud83d\ud83d\ude00"})
  void textThatIsNotUnicode(String text) {
    Key key = new Key(row("a", "a"));
    assertInvalid(() -> table.putItem(row(text, "a")));
    assertInvalid(() -> table.putItem(row("a", "a").with("text", List.of(Map.of("a", text)))));
    assertInvalid(() -> table.putItem(row("a", "a").with("texts", Set.of(text))));
    assertInvalid(() -> table.putItem(row("a", "a").with(text, 1)));
    assertInvalid(() -> table.getItem(new Key(row("a", text))));
    assertInvalid(() -> table.getItem(key, attribute(text)));
    assertInvalid(() -> table.updateItem(key, attribute("text").set(text)));
    assertInvalid(() -> table.query(Query.hashKey(text)).toList());
    assertInvalid(() -> table.scan(Scan.all().filter(attribute("text").contains(text))).toList());
    assertInvalid(() -> table.batchWriteItem(List.of(row("a", text)), List.of()));
    assertInvalid(() -> Table.transactWriteItems(TransactWrite.put(table, row("a", text))));
  }

  @Test
  void sizeCountsUtf16Units() {
    table.putItem(row("size", "a").with("text", "aü𝄞"));
    for (int size = 1; size < 9; size++) {
      assertThat(table.query(Query.hashKey("size").filter(attribute("text").size().equalTo(size))))
          .hasSize(size == 4 ? 1 : 0);
    }
  }

  @Test
  void numbersOfAnyExponentAreRefused() {
    for (String number : List.of("1E-500000000", "1E+500000000", "-1E-2147483647")) {
      assertInvalid(() -> table.putItem(row("a", "a").with("n", new BigDecimal(number))));
      assertInvalid(() -> table.updateItem(new Key(row("a", "a")), attribute("n").add(new BigDecimal(number))));
      Attribute n = attribute("n");
      for (Condition filter : List.of(
          n.equalTo(new BigDecimal(number)), n.lessThan(new BigDecimal(number)), n.in(1, new BigDecimal(number)),
          n.between(new BigDecimal(number), new BigDecimal("2E+500000000")),
          n.size().equalTo(new BigDecimal(number)))) {
        assertInvalid(() -> table.scan(Scan.all().filter(filter)).count());
      }
    }
  }

  @Test
  void nesting() {
    most(31, depth -> table.putItem(row("a", "a").with("lists", nested(depth))));
    most(31, depth -> table.updateItem(new Key(row("a", "a")), attribute("lists").set(nested(depth))));
    most(32, depth -> assertThat(table.scan(Scan.all().filter(attribute("z").equalTo(nested(depth))))).isEmpty());
    most(100, count -> assertThat(table.query(Query.hashKey("nobody").filter(oneOf(count)))).isEmpty());
  }

  private static Object nested(int depth) {
    Object value = "leaf";
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    return value;
  }

  private static Condition oneOf(int count) {
    Attribute tested = attribute("n");
    return tested.in(0, IntStream.range(1, count).boxed().toArray());
  }

  @Test
  void transactions() {
    most(100, parts -> Table.transactWriteItems(
        TransactWrite.put(table, key(0).attributes()),
        IntStream.range(1, parts).mapToObj(i -> TransactWrite.delete(table, key(i))).toArray(TransactWrite[]::new)));
    most(100, parts -> Table.transactGetItems(
        TransactGet.get(table, key(0)),
        IntStream.range(1, parts).mapToObj(i -> TransactGet.get(table, key(i))).toArray(TransactGet[]::new)));
    assertThatThrownBy(() -> Table.transactWriteItems(large(table, 0),
        IntStream.range(1, 11).mapToObj(i -> large(table, i)).toArray(TransactWrite[]::new)))
        .isInstanceOf(ValidationException.class);
    most(1_048_557, bytes -> Table.transactWriteItems(
        checked(0, bytes), IntStream.range(1, 4).mapToObj(i -> checked(i, bytes)).toArray(TransactWrite[]::new)));
  }

  private TransactWrite checked(int at, int bytes) {
    return TransactWrite.put(table, row("tx", "p" + at)).when(attribute("v").notEqualTo(text(bytes)));
  }

  private static TransactWrite large(Table table, int at) {
    return TransactWrite.put(table, key(at).attributes().with("text", text(400_000)));
  }

  @Test
  void pagesAreReadToTheEnd() {
    List<Item> rows = IntStream.range(100, 140)
        .mapToObj(
            i -> row("paged", "row " + i).with("text", text(100_000)).with("user", "ann").with("day", "d" + i % 3))
        .toList();
    table.batchWriteItem(rows, List.of());
    assertThat(table.query("paged")).containsExactlyElementsOf(rows);
    assertThat(table.query(Query.hashKey("paged").backwards().first(25))).containsExactlyElementsOf(
        rows.reversed().subList(0, 25));
    assertThat(table.query(Query.hashKey("ann").index("byUser"))).containsExactlyInAnyOrderElementsOf(rows);
    assertThat(table.query(Query.hashKey("paged").filter(attribute("day").equalTo("d1")).first(12))).hasSize(12);
    assertThat(table.scan(Scan.all().filter(attribute("id").equalTo("paged")).project(attribute("at")))).hasSize(40);
    assertThat(table.batchGetItem(rows.stream().map(row -> new Key(row("paged", row.string("at")))).toList()))
        .containsExactlyInAnyOrderElementsOf(rows);
  }
}
