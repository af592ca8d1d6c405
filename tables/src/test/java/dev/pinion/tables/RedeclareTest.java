package dev.pinion.tables;

import dev.pinion.AttributeType;
import dev.pinion.Item;
import dev.pinion.ValidationException;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tables whose declarations change while they are open. */
class RedeclareTest {
  private static final TableModel TEXT = table("t", "id", STRING);
  private static final TableModel NUMBERED = table("t", "number", NUMBER);
  private static final TableModel OTHER = table("other", "id", STRING);

  @TempDir private Path folder = Path.of("set by JUnit");

  private static TableModel table(String id, String key, AttributeType type) {
    return new TableModel(
        id, new KeyAttribute(key, type), Optional.empty(), List.of(), Optional.empty(), false, false,
        new SourceLocation("App.java", 7));
  }

  private EmbeddedTables open(TableModel... tables) throws Exception {
    return EmbeddedTables.open(folder, List.of(tables), InstantSource.system(), line -> {});
  }

  private static Write.Put put(TableModel table, Item item) {
    return new Write.Put(table, item, Optional.empty());
  }

  @Test
  void newTablesSurviveTheEnd() throws Exception {
    try (EmbeddedTables tables = open(OTHER)) {
      assertThat(tables.redeclare(List.of(OTHER, TEXT), false)).isEmpty();
      tables.putItem(put(TEXT, Item.of("id", "one")));
    }
    try (EmbeddedTables tables = open(OTHER)) {
      assertThat(tables.redeclare(List.of(NUMBERED), false)).singleElement().asString()
          .startsWith("App.java:7: table 't' has 1 row of another key (hash key id (STRING)) than it now declares");
      assertThat(tables.redeclare(List.of(TEXT), false)).isEmpty();
      assertThat(tables.requests().size(TEXT, Optional.empty()).rows()).isEqualTo(1);
    }
    try (EmbeddedTables tables = open(TEXT)) {
      assertThat(tables.requests().size(TEXT, Optional.empty()).rows()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalChangesNothing() throws Exception {
    try (EmbeddedTables tables = open(TEXT)) {
      tables.putItem(put(TEXT, Item.of("id", "one")));
      assertThat(tables.refusals(List.of(NUMBERED, OTHER))).hasSize(1);
      assertThat(tables.redeclare(List.of(OTHER, NUMBERED), false)).hasSize(1);
      assertThatThrownBy(() -> tables.putItem(put(OTHER, Item.of("id", "two"))))
          .hasMessageContaining("the app has declared no table 'other'");
    }
  }

  @Test
  void aWriteThatWasMadeForAnotherKeyIsRefused() {
    Snapshot changed = new Snapshot(Map.of("t", TableRows.of(TableLayout.of(NUMBERED), List.of())));
    WriteStep step = WriteStep.of(put(TEXT, Item.of("id", "one")), TableLayout.of(TEXT));
    assertThatThrownBy(() -> step.attempt(new UncommittedWrite(changed))).isInstanceOf(ValidationException.class);
  }
}
