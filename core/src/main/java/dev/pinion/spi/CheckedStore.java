package dev.pinion.spi;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import java.util.List;
import java.util.Optional;

/**
 * A store behind the checks that are the same on every platform and need no stored row: text, names and numbers, the
 * sizes of expressions, updates and transactions. What DynamoDB rejects throws a {@link ValidationException} before the
 * platform sees it. Any thread.
 *
 * @param store the platform's store
 */
public record CheckedStore(Store store) implements Store {
  private static final int TRANSACTION_LIMIT = 4 * 1024 * 1024;

  @Override
  public Optional<Item> putItem(Write.Put put) {
    size(put);
    return store.putItem(put);
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    size(update);
    return store.updateItem(update);
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    size(delete);
    return store.deleteItem(delete);
  }

  @Override
  public Optional<Item> getItem(Read read) {
    size(read);
    return store.getItem(read);
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    Expressions expressions = Expressions.checked();
    expressions.keyCondition(table, query);
    expressions.filter(query.filter());
    expressions.projection(query.projection());
    return store.query(table, query, exclusiveStartKey);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    Expressions expressions = Expressions.checked();
    expressions.filter(scan.filter());
    expressions.projection(scan.projection());
    return store.scan(table, scan, exclusiveStartKey);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    reads.forEach(CheckedStore::size);
    return store.batchGetItem(reads);
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    writes.forEach(CheckedStore::size);
    store.batchWriteItem(writes);
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    reads.forEach(CheckedStore::size);
    return store.transactGetItems(reads);
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    long bytes = writes.stream().mapToLong(CheckedStore::size).sum();
    if (bytes > TRANSACTION_LIMIT) {
      throw new ValidationException("Transaction payload size cannot exceed 4MB. Payload Size: " + bytes);
    }
    store.transactWriteItems(writes);
  }

  /** Checks a write; returns its bytes as DynamoDB counts a transaction's. */
  private static long size(Write write) {
    Expressions expressions = Expressions.checked();
    Item row = switch (write) {
      case Write.Put(_, Item item, _) -> checked(item);
      case Write.Delete(_, Key key, _) -> checked(key.attributes());
      case Write.Check(_, Key key, _) -> checked(key.attributes());
      case Write.UpdateItem(_, Key key, List<Update> updates, _) -> {
        expressions.update(updates);
        UpdateSize.check(updates);
        yield checked(key.attributes());
      }
    };
    expressions.condition(write.condition());
    return ItemSize.of(row) + expressions.size();
  }

  private static void size(Read read) {
    checked(read.key().attributes());
    Expressions.checked().projection(read.projection());
  }

  private static Item checked(Item row) {
    ValueCheck.check(row.attributes());
    return row;
  }
}
