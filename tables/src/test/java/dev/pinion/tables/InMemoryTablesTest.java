package dev.pinion.tables;

import dev.pinion.contract.StoreBackend;
import dev.pinion.contract.StoreContract;
import dev.pinion.spi.CheckedStore;
import java.time.InstantSource;

/** The contract, on tables that are in memory only. */
final class InMemoryTablesTest extends StoreContract {
  InMemoryTablesTest() throws Exception {
    super(models -> {
      EmbeddedTables tables = EmbeddedTables.inMemory(models, InstantSource.system());
      return new StoreBackend(new CheckedStore(tables), tables::close);
    });
  }
}
