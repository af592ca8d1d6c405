package dev.pinion.sim;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Optional;

/** Tables whose operations are checked against roles before they are executed. Any thread. */
final class GuardedStore implements Store {
  private final Store store;
  private final PermissionGuard guard;

  GuardedStore(Store store, PermissionGuard guard) {
    this.store = store;
    this.guard = guard;
  }

  private void check(TableModel table, RowOperation operation) {
    guard.check(guard.operations().rows(table, operation));
  }

  private void check(TableModel table, RowOperation operation, Optional<String> index) {
    guard.check(guard.operations().rows(table, operation, index));
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    check(put.table(), RowOperation.PUT_ITEM);
    return store.putItem(put);
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    check(update.table(), RowOperation.UPDATE_ITEM);
    return store.updateItem(update);
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    check(delete.table(), RowOperation.DELETE_ITEM);
    return store.deleteItem(delete);
  }

  @Override
  public Optional<Item> getItem(Read read) {
    check(read.table(), RowOperation.GET_ITEM);
    return store.getItem(read);
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    check(table, RowOperation.QUERY, query.index());
    return store.query(table, query, exclusiveStartKey);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    check(table, RowOperation.SCAN, scan.index());
    return store.scan(table, scan, exclusiveStartKey);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    reads.forEach(each -> check(each.table(), RowOperation.BATCH_GET_ITEM));
    return store.batchGetItem(reads);
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    writes.forEach(each -> check(each.table(), RowOperation.BATCH_WRITE_ITEM));
    store.batchWriteItem(writes);
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    reads.forEach(each -> check(each.table(), RowOperation.GET_ITEM));
    return store.transactGetItems(reads);
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    writes.forEach(each -> check(each.table(), switch (each) {
      case Write.Put _ -> RowOperation.PUT_ITEM;
      case Write.Delete _ -> RowOperation.DELETE_ITEM;
      case Write.UpdateItem _ -> RowOperation.UPDATE_ITEM;
      case Write.Check _ -> RowOperation.CONDITION_CHECK_ITEM;
    }));
    store.transactWriteItems(writes);
  }
}
