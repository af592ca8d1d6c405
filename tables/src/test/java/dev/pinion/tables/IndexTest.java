package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.ValidationException;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An index that is declared when there are rows already, as DynamoDB's backfill. */
class IndexTest {
  static final TableModel INDEXED = new TableModel(
      "rows", Rigs.TABLE.hashKey(), Optional.empty(),
      List.of(new IndexModel("byUser", new KeyAttribute("user", STRING), Optional.empty())), Optional.of("expires"),
      false, false, new SourceLocation("IndexTest.java", 1));

  @Test
  void rowsWithAnotherTypeThereAreLeftOutAndCanBeChanged(@TempDir Path folder) throws IOException {
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      List.of(
          Item.of("id", "fits", "user", "ann"), Item.of("id", "number", "user", 1), Item.of("id", "empty", "user", ""),
          Item.of("id", "list", "user", List.of("ann")), Item.of("id", "long", "user", "x".repeat(2049)),
          Item.of("id", "none")).forEach(row -> tables.putItem(Rigs.put(row)));
    }
    for (int start = 0; start < 2; start++) {
      try (EmbeddedTables tables = Rigs.open(folder, INDEXED)) {
        assertThat(tables.scan(INDEXED, Scan.all().index("byUser"), Optional.empty()).items())
            .extracting(row -> row.string("id")).containsExactly("fits");
        for (String id : List.of("fits", "number", "empty", "list", "long", "none")) {
          Item after = tables.updateItem(
              new Write.UpdateItem(INDEXED, Rigs.key(id), List.of(attribute("n").set(start)), Optional.empty()));
          assertThat(after.integer("n")).isEqualTo(start);
        }
        assertThatThrownBy(
            () -> tables.updateItem(
                new Write.UpdateItem(INDEXED, Rigs.key("number"), List.of(attribute("user").set(2)), Optional.empty())))
            .isInstanceOf(ValidationException.class).hasMessageContaining("Type mismatch for Index Key user");
      }
    }
    try (EmbeddedTables tables = Rigs.open(folder, INDEXED)) {
      tables.updateItem(
          new Write.UpdateItem(INDEXED, Rigs.key("number"), List.of(attribute("user").set("bob")), Optional.empty()));
      assertThat(tables.query(INDEXED, Query.hashKey("bob").index("byUser"), Optional.empty()).items()).hasSize(1);
    }
  }
}
