package dev.pinion.tables;

import dev.pinion.Scan;
import dev.pinion.ValidationException;
import dev.pinion.contract.StoreLimitsContract;
import dev.pinion.spi.CheckedStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.Attribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract, on the embedded tables. */
final class EmbeddedTablesLimitsTest extends StoreLimitsContract {
  EmbeddedTablesLimitsTest(@TempDir Path folder) throws Exception {
    super(models -> Rigs.backend(folder, models));
  }

  /** DynamoDB Local, which the contract also runs on, refuses more than 1 MB. */
  @Test
  void namesAndValuesOfTwoMegabytes(@TempDir Path folder) throws Exception {
    int most = (2 << 20) - "#n0".length() - "z".length() - ":v0".length();
    try (EmbeddedTables tables = Rigs.open(folder, Rigs.TABLE)) {
      tables.putItem(Rigs.put(dev.pinion.Item.of("id", "1")));
      CheckedStore store = new CheckedStore(tables);
      assertThat(store.scan(Rigs.TABLE, filter(most), Optional.empty()).items()).hasSize(1);
      assertThatThrownBy(() -> store.scan(Rigs.TABLE, filter(most + 1), Optional.empty()))
          .isInstanceOf(ValidationException.class)
          .hasMessageContaining("2097152");
      assertThatThrownBy(
          () -> store.scan(Rigs.TABLE, filter(most - 4).project(attribute("yy")), Optional.empty()))
          .as("with the names of the projection").isInstanceOf(ValidationException.class);
      assertThat(store.scan(Rigs.TABLE, filter(most - 4).project(attribute("y")), Optional.empty()).items()).hasSize(1);
    }
  }

  private static Scan filter(int bytes) {
    return Scan.all().filter(attribute("z").equalTo("x".repeat(bytes)).not());
  }
}
