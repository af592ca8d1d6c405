package dev.pinion;

import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store whose refusals and rows name the table and where it is declared. */
final class ExplainingStore implements Store {
  private final Store store;

  ExplainingStore(Store store) {
    this.store = store;
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    return row(put.table(), explained(() -> store.putItem(put), put));
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    return explained(() -> store.updateItem(update), update).of(update.table());
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    return row(delete.table(), explained(() -> store.deleteItem(delete), delete));
  }

  @Override
  public Optional<Item> getItem(Read read) {
    try {
      return row(read.table(), store.getItem(read));
    } catch (ValidationException e) {
      throw KeyHints.key(e, read.table(), read.key().attributes());
    }
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    try {
      return rows(table, store.query(table, query, exclusiveStartKey));
    } catch (ValidationException e) {
      throw KeyHints.query(e, table, query);
    }
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    return rows(table, store.scan(table, scan, exclusiveStartKey));
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    try {
      return reads.isEmpty()
          ? store.batchGetItem(reads)
          : store.batchGetItem(reads).stream().map(each -> each.of(reads.getFirst().table())).toList();
    } catch (ValidationException e) {
      throw explained(e, reads);
    }
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    explained(writes, () -> store.batchWriteItem(writes));
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    try {
      return store.transactGetItems(reads);
    } catch (ValidationException e) {
      throw explained(e, reads);
    }
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    explained(writes, () -> store.transactWriteItems(writes));
  }

  private static Optional<Item> row(TableModel table, Optional<Item> row) {
    return row.map(each -> each.of(table));
  }

  private static Page rows(TableModel table, Page page) {
    return new Page(page.items().stream().map(each -> each.of(table)).toList(), page.lastEvaluatedKey());
  }

  private static <T> T explained(Supplier<T> call, Write write) {
    try {
      return call.get();
    } catch (ValidationException e) {
      throw explained(e, write);
    }
  }

  private static void explained(List<Write> writes, Runnable call) {
    try {
      call.run();
    } catch (ValidationException e) {
      ValidationException explained = e;
      for (Write write : writes) {
        if (explained.equals(e)) explained = explained(e, write);
      }
      throw explained;
    }
  }

  private static ValidationException explained(ValidationException e, Write write) {
    return switch (write) {
      case Write.Put put -> KeyHints.row(e, put.table(), put.item());
      case Write.Delete delete -> KeyHints.key(e, delete.table(), delete.key().attributes());
      case Write.UpdateItem update -> KeyHints.key(e, update.table(), update.key().attributes());
      case Write.Check check -> KeyHints.key(e, check.table(), check.key().attributes());
    };
  }

  private static ValidationException explained(ValidationException e, List<Read> reads) {
    for (Read read : reads) {
      ValidationException explained = KeyHints.key(e, read.table(), read.key().attributes());
      if (!explained.equals(e)) return explained;
    }
    return e;
  }
}
