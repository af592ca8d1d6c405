package dev.pinion.contract;

import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import java.util.List;

/**
 * A running back end that has an app's tables.
 *
 * @param store what a platform hands to the app's tables
 * @param end ends it, once all tests are done
 */
public record StoreBackend(Store store, Runnable end) implements AutoCloseable {

  /** Starts a back end. */
  @FunctionalInterface
  public interface Start {
    /** Starts it with an app's tables, all of them empty. */
    StoreBackend with(List<TableModel> tables) throws Exception;
  }

  @Override
  public void close() {
    end.run();
  }
}
