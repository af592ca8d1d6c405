package dev.pinion.spi;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one app, as implemented by a platform: DynamoDB's operations, with DynamoDB's results and limits. All
 * methods block. Any thread.
 *
 * <p>A request that DynamoDB refuses throws a {@link dev.pinion.ServiceException}: {@link
 * dev.pinion.ValidationException}, {@link dev.pinion.ConditionalCheckFailedException}, {@link
 * dev.pinion.TransactionCanceledException}. An acknowledged write is durable.
 */
public interface Store {

  /** Writes a row, and returns the row that was replaced. */
  Optional<Item> putItem(Write.Put put);

  /** Changes a row, and returns it after the change. */
  Item updateItem(Write.UpdateItem update);

  /** Deletes a row, and returns it. */
  Optional<Item> deleteItem(Write.Delete delete);

  /** Reads a row. */
  Optional<Item> getItem(Read read);

  /**
   * Reads one page of a query. The limit has DynamoDB's meaning: how many rows the page evaluates, before the filter.
   *
   * @param exclusiveStartKey the last evaluated key of the page before
   */
  Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey);

  /**
   * Reads one page of a scan. The limit has DynamoDB's meaning: how many rows the page evaluates, before the filter.
   *
   * @param exclusiveStartKey the last evaluated key of the page before
   */
  Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey);

  /** Reads up to 100 rows with different keys. Returns those that exist, of any size, in no particular order. */
  List<Item> batchGetItem(List<Read> reads);

  /** Writes and deletes up to 25 rows with different keys, without conditions. Not atomic. All are written. */
  void batchWriteItem(List<Write> writes);

  /** Reads up to 100 rows atomically, in the order of the reads; empty for a row that does not exist. */
  List<Optional<Item>> transactGetItems(List<Read> reads);

  /** Writes up to 100 rows with different keys atomically: all of them, or none. */
  void transactWriteItems(List<Write> writes);
}
