package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.Scan;
import dev.pinion.ServiceException;
import dev.pinion.Update;
import dev.pinion.contract.StoreBackend;
import dev.pinion.lambda.DynamoDbLocal;
import dev.pinion.spi.Store;
import dev.pinion.spi.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;

/** An index that is added when there are rows already, on the embedded tables and on DynamoDB Local. */
class IndexDifferenceTest {
  private static final Map<String, Object> USERS = new LinkedHashMap<>();

  static {
    USERS.put("fits", "ann");
    USERS.put("number", 1);
    USERS.put("empty", "");
    USERS.put("list", List.of("ann"));
    USERS.put("long", "x".repeat(2049));
    USERS.put("longest", "x".repeat(2048));
  }

  private static final List<Update> UPDATES = List.of(
      attribute("n").set(1), attribute("user").set(2), attribute("user").set("bob"), attribute("user").set(""),
      attribute("user").remove());

  private static void fill(Store store) {
    USERS.forEach((id, user) -> store.putItem(Rigs.put(Item.of("id", id, "user", user))));
  }

  private static List<String> indexed(Store store) {
    return store.scan(IndexTest.INDEXED, Scan.all().index("byUser"), Optional.empty()).items().stream()
        .map(Canonical::text).sorted().toList();
  }

  /** What the index has after each of all updates of each row, and what is refused. */
  private static List<String> changed(Store store) {
    List<String> outcomes = new ArrayList<>(indexed(store));
    for (String id : USERS.keySet()) {
      for (Update update : UPDATES) {
        try {
          store.updateItem(
              new Write.UpdateItem(IndexTest.INDEXED, Rigs.key(id), List.of(update), Optional.empty()));
          outcomes.add(id + ", " + update + ": " + indexed(store));
        } catch (ServiceException e) {
          outcomes.add(id + ", " + update + ": " + e.getClass().getSimpleName());
        }
      }
    }
    return outcomes;
  }

  @Test
  void theSameRowsAreInItAndCanBeChanged(@TempDir Path folder) throws Exception {
    List<String> expected;
    try (DynamoDbLocal dynamoDb = DynamoDbLocal.start();
        StoreBackend theirs = dynamoDb.with(List.of(Rigs.TABLE))) {
      fill(theirs.store());
      dynamoDb.addIndex(Rigs.TABLE, IndexTest.INDEXED.indexes().getFirst());
      expected = changed(theirs.store());
    }
    try (EmbeddedTables before = Rigs.open(folder, Rigs.TABLE)) {
      fill(before);
    }
    try (EmbeddedTables ours = Rigs.open(folder, IndexTest.INDEXED)) {
      assertThat(changed(ours)).isEqualTo(expected);
    }
  }
}
