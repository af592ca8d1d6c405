package dev.pinion.sim;

import dev.pinion.spi.AppModel;
import dev.pinion.spi.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The tables of a running app: opened in the data folder, swept of expired rows each minute, closed at the end. */
final class Tables implements AutoCloseable {
  private final EmbeddedTables store;
  private final List<ScheduledExecutorService> sweepers;

  private Tables(EmbeddedTables store, List<ScheduledExecutorService> sweepers) {
    this.store = store;
    this.sweepers = sweepers;
  }

  static Tables open(AppModel model, SimulatorBuilder options) {
    Path folder = options.data.resolve("tables");
    try {
      if (options.fresh && Files.isDirectory(folder)) {
        forget(folder, options);
      }
      EmbeddedTables store = EmbeddedTables.open(folder, model.tables(), options.clock);
      boolean expiring = model.tables().stream().anyMatch(table -> table.timeToLive().isPresent());
      return new Tables(store, expiring ? List.of(sweeper(store)) : List.of());
    } catch (TablesException e) {
      throw new SimulatorException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Deletes the tables' files, unless another run has them open. */
  private static void forget(Path folder, SimulatorBuilder options) {
    try {
      EmbeddedTables.open(folder, List.of(), options.clock).close();
    } catch (FolderDamagedException e) {
      options.log.println("forgetting damaged tables: " + e.getMessage());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot forget the tables in " + folder, e);
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
