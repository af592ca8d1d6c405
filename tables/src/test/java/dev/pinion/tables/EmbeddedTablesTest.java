package dev.pinion.tables;

import dev.pinion.contract.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on the embedded tables. */
final class EmbeddedTablesTest extends StoreContract {
  EmbeddedTablesTest(@TempDir Path folder) throws Exception {
    super(models -> Rigs.backend(folder, models));
  }
}
