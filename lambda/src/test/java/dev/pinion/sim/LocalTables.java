package dev.pinion.sim;

import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The local platform's tables by themselves, for tests. */
public final class LocalTables implements AutoCloseable {
  private final EmbeddedTables tables;

  /** Opens tables in a folder. */
  public LocalTables(Path folder, List<TableModel> models) {
    tables = EmbeddedTables.open(folder, models, InstantSource.system());
  }

  /** What a platform hands to the app's tables. */
  public Store store() {
    return tables;
  }

  @Override
  public void close() {
    tables.close();
  }
}
