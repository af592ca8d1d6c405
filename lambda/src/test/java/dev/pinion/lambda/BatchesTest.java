package dev.pinion.lambda;

import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.TransactWrite;
import dev.pinion.ValidationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Batches larger than a request, and rows that are given twice, on DynamoDB Local and on the local tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchesTest {
  private final TwoStores stores;

  BatchesTest(@TempDir Path folder) throws Exception {
    stores = new TwoStores(folder, BatchesTest::tables);
  }

  @BeforeEach
  void empty() {
    Stream.of(stores.ours(), stores.theirs())
        .map(List::getFirst)
        .forEach(table -> table.batchWriteItem(List.of(), table.scan().map(Key::new).toList()));
  }

  @AfterAll
  void close() {
    stores.close();
  }

  private static List<Table> tables(Cloud cloud) {
    return List.of(cloud.table("rows").hashKey("id", STRING).rangeKey("n", NUMBER).create());
  }

  private Table table(String store) {
    return (store.equals("local") ? stores.ours() : stores.theirs()).getFirst();
  }

  private static Item row(Object number) {
    return Item.of("id", "a", "n", number);
  }

  private static List<Item> rows(int count) {
    return IntStream.range(0, count).mapToObj(BatchesTest::row).toList();
  }

  private static List<Key> keys(int count) {
    return rows(count).stream().map(Key::new).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DynamoDB Local", "local"})
  void anyNumberOfRowsIsWrittenReadAndDeleted(String store) {
    Table table = table(store);
    table.batchWriteItem(rows(230), List.of());
    assertThat(table.batchGetItem(keys(240))).containsExactlyInAnyOrderElementsOf(rows(230));
    table.batchWriteItem(List.of(row(500)), keys(229));
    assertThat(table.scan()).containsExactlyInAnyOrder(row(229), row(500));
    table.batchWriteItem(List.of(), List.of());
    assertThat(table.batchGetItem(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DynamoDB Local", "local"})
  void aRowThatIsGivenTwiceIsRefusedBeforeAnythingIsWritten(String store) {
    Table table = table(store);
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

  @ParameterizedTest
  @ValueSource(strings = {"DynamoDB Local", "local"})
  void aKeyThatIsGivenTwiceIsReadOnce(String store) {
    Table table = table(store);
    table.batchWriteItem(rows(3), List.of());
    List<Key> twice = new ArrayList<>(keys(150));
    twice.add(new Key(row(new BigDecimal("1.00"))));
    twice.addAll(keys(150));
    assertThat(table.batchGetItem(twice)).containsExactlyInAnyOrderElementsOf(rows(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DynamoDB Local", "local"})
  void aRowThatIsInATransactionTwiceIsRefused(String store) {
    Table table = table(store);
    for (Object number : List.of(3, 10, -100, new BigDecimal("0.00001"))) {
      assertThatThrownBy(
          () -> Table.transactWriteItems(
              TransactWrite.put(table, row(number)), TransactWrite.delete(table, new Key(row(number)))))
          .as("%s", number).isInstanceOf(ValidationException.class)
          .hasMessage("Transaction request cannot include multiple operations on one item");
    }
  }
}
