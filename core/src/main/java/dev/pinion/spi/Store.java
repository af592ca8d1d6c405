package dev.pinion.spi;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one app, as a platform keeps them: DynamoDB's operations, with DynamoDB's results and limits. All calls
 * block and may be made from any thread.
 *
 * <p>What DynamoDB refuses throws a {@link dev.pinion.ServiceException}: {@link dev.pinion.ValidationException}, {@link
 * dev.pinion.ConditionalCheckFailedException}, {@link dev.pinion.TransactionCanceledException}. An acknowledged write
 * is durable.
 */
public interface Store {

  /** Writes a row; gives the one it replaced. */
  Optional<Item> putItem(Write.Put put);

  /** Changes a row; gives it as it is after the change. */
  Item updateItem(Write.UpdateItem update);

  /** Deletes a row; gives it as it was. */
  Optional<Item> deleteItem(Write.Delete delete);

  /** Reads a row. */
  Optional<Item> getItem(Read read);

  /**
   * One page of a query. The query's limit is DynamoDB's: how many rows the page evaluates at most, before the filter.
   *
   * @param exclusiveStartKey the page before's last evaluated key
   */
  Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey);

  /**
   * One page of a scan. The scan's limit is DynamoDB's: how many rows the page evaluates at most, before the filter.
   *
   * @param exclusiveStartKey the page before's last evaluated key
   */
  Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey);

  /** Reads up to 100 rows, each key once; those that are there, in no promised order. All are read, however large. */
  List<Item> batchGetItem(List<Read> reads);

  /** Puts and deletes up to 25 rows, each key once, without conditions, not as one. All are written. */
  void batchWriteItem(List<Write> writes);

  /** Reads up to 100 rows as one; an empty result for each that is not there, in the order asked. */
  List<Optional<Item>> transactGetItems(List<Read> reads);

  /** Writes up to 100 rows as one, each key once: all of them, or none. */
  void transactWriteItems(List<Write> writes);
}
