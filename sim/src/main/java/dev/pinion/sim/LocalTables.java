package dev.pinion.sim;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.Store;
import dev.pinion.tables.EmbeddedTables;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The tables of a running app: opened in the data folder, swept of expired rows each minute, closed at the end. */
final class LocalTables implements AutoCloseable {
  private final EmbeddedTables store;
  private final List<ScheduledExecutorService> sweepers;

  private LocalTables(EmbeddedTables store, List<ScheduledExecutorService> sweepers) {
    this.store = store;
    this.sweepers = sweepers;
  }

  static LocalTables open(AppModel model, SimulatorBuilder options) {
    Path folder = options.data.resolve("tables");
    try {
      if (options.fresh && Files.isDirectory(folder)) {
        EmbeddedTables.delete(folder)
            .ifPresent(damage -> options.log.println("deleting damaged tables: " + damage));
      }
      EmbeddedTables store = EmbeddedTables.open(folder, model.tables(), options.clock);
      boolean expiring = model.tables().stream().anyMatch(table -> table.timeToLive().isPresent());
      return new LocalTables(store, expiring ? List.of(sweeper(store)) : List.of());
    } catch (FileSystemException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ScheduledExecutorService sweeper(EmbeddedTables store) {
    ScheduledExecutorService sweeper =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("pinion-sweep").factory());
    var _ = sweeper.scheduleWithFixedDelay(store::sweep, 1, 1, TimeUnit.MINUTES);
    return sweeper;
  }

  Store store() {
    return store;
  }

  @Override
  public void close() {
    sweepers.forEach(ScheduledExecutorService::shutdownNow);
    store.close();
  }
}
