package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.ValidationException;
import dev.pinion.contract.Canonical;
import dev.pinion.contract.StoreBackend;
import dev.pinion.lambda.DynamoDbLocal;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An index that an app's next version adds to a table with rows has the rows that it has on DynamoDB Local, and they
 * can be changed as there.
 *
 * <p>Rows whose attribute has another type than the index's key are not here, but in {@link IndexTest}: DynamoDB leaves
 * them out (developer guide, "Detecting and correcting index key violations"), whereas DynamoDB Local 3.3 indexes a
 * number as if it were text, and never ends with a null, a list or a map.
 */
final class IndexDifferenceTest {
  private static final TableModel BEFORE = table(List.of());
  private static final TableModel AFTER =
      table(
          List.of(
              new IndexModel("byUser", new KeyAttribute("user", STRING), Optional.empty()),
              new IndexModel(
                  "byScore", new KeyAttribute("user", STRING), Optional.of(new KeyAttribute("score", NUMBER)))));

  private static final List<Item> ROWS =
      List.of(
          Item.of("id", "fits", "user", "ann", "score", 3), Item.of("id", "no range", "user", "ann"),
          Item.of("id", "no hash", "score", 7), Item.of("id", "none"), Item.of("id", "empty", "user", "", "score", 4),
          Item.of("id", "same", "user", "ann", "score", 3), Item.of("id", "other", "user", "bob", "score", -1),
          Item.of("id", "odd", "user", "\u0000", "score", 0), Item.of("id", "largest", "user", "x".repeat(2048)));

  private static TableModel table(List<IndexModel> indexes) {
    return new TableModel(
        "rows", new KeyAttribute("id", STRING), Optional.empty(), indexes, Optional.empty(), false, false,
        new SourceLocation("IndexDifferenceTest.java", 1));
  }

  @Test
  void theSameRowsAsAfterDynamoDbLocalsBackfill(@TempDir Path folder) throws Exception {
    try (DynamoDbLocal local = DynamoDbLocal.start(); StoreBackend theirs = local.with(List.of(BEFORE))) {
      ROWS.forEach(row -> theirs.store().putItem(new Write.Put(BEFORE, row, Optional.empty())));
      local.addIndexes(AFTER);
      try (EmbeddedTables before = Rigs.open(folder, BEFORE)) {
        ROWS.forEach(row -> before.putItem(new Write.Put(BEFORE, row, Optional.empty())));
      }
      try (EmbeddedTables ours = Rigs.open(folder, AFTER)) {
        assertThat(read(ours)).isEqualTo(read(theirs.store()));
        for (Item row : ROWS) {
          for (Object value : List.of("", 1, "zoe")) {
            assertThat(update(ours, row, value)).as("%s to %s", row, value)
                .isEqualTo(update(theirs.store(), row, value));
            assertThat(read(ours)).isEqualTo(read(theirs.store()));
          }
        }
      }
    }
  }

  /** All that the table and its indexes have. */
  private static List<String> read(Store store) {
    List<String> all = new ArrayList<>();
    for (Scan scan : List.of(Scan.all(), Scan.all().index("byUser"), Scan.all().index("byScore"))) {
      all.addAll(store.scan(AFTER, scan, Optional.empty()).items().stream().map(Canonical::text).sorted().toList());
      all.add("");
    }
    for (String user : List.of("ann", "zoe")) {
      all.add(
          store.query(AFTER, Query.hashKey(user).index("byScore"), Optional.empty()).items().stream()
              .map(row -> row.string("user") + row.integer("score")).toList().toString());
    }
    return all;
  }

  private static String update(Store store, Item row, Object user) {
    try {
      Attribute changed = attribute("user");
      return Canonical.text(
          store.updateItem(
              new Write.UpdateItem(
                  AFTER, Rigs.key(row.string("id")), List.of(changed.set(user), attribute("n").add(1)),
                  Optional.empty())));
    } catch (ValidationException e) {
      return "ValidationException";
    }
  }
}
