package dev.pinion.sim;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Optional;

/** Tables whose operations may be the last ones of a handler whose time is over. Any thread. */
record FaultyStore(Store store, Faults faults) implements Store {
  private Store checked() {
    if (faults.used()) KilledHandler.operation();
    return store;
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    return checked().putItem(put);
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    return checked().updateItem(update);
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    return checked().deleteItem(delete);
  }

  @Override
  public Optional<Item> getItem(Read read) {
    return checked().getItem(read);
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    return checked().query(table, query, exclusiveStartKey);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    return checked().scan(table, scan, exclusiveStartKey);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    return checked().batchGetItem(reads);
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    checked().batchWriteItem(writes);
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    return checked().transactGetItems(reads);
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    checked().transactWriteItems(writes);
  }
}
