package dev.pinion.contract;

import dev.pinion.Attribute;
import dev.pinion.Cloud;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Table;
import dev.pinion.TransactGet;
import dev.pinion.TransactWrite;
import dev.pinion.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
  void nesting() {
    most(31, depth -> table.putItem(row("a", "a").with("lists", nested(depth))));
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
