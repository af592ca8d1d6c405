package dev.pinion;

import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A DynamoDB table. Declared with {@link Cloud#table}, used in handlers, by any number of threads; its calls have
 * DynamoDB's names and block until DynamoDB has answered. A write that has returned is durable.
 *
 * <p>All calls throw {@link ValidationException} for what DynamoDB refuses, such as a key that is not the table's or a
 * row of more than 400 KB, and {@link PhaseException} while {@link App#define} declares. On AWS they also throw {@link
 * LimitExceededException} when DynamoDB still throttles them after some repetitions, and {@link ForbiddenException}
 * when the function may not make them.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html">
 *     DynamoDB: actions</a>
 */
public final class Table {
  private static final int LARGEST_BATCH_GET = 100;
  private static final int LARGEST_BATCH_WRITE = 25;

  private final TableModel model;
  private final Binding binding;

  Table(TableModel model, Binding binding) {
    this.model = model;
    this.binding = binding;
  }

  /**
   * Writes a row whole.
   *
   * @return the row that it replaced
   */
  public Optional<Item> putItem(Item item) {
    return store("putItem").putItem(new Write.Put(model, item, Optional.empty()));
  }

  /**
   * Writes a row whole if the stored one meets a condition.
   *
   * @return the row that it replaced
   * @throws ConditionalCheckFailedException when it does not
   */
  public Optional<Item> putItem(Item item, Condition condition) {
    return store("putItem").putItem(new Write.Put(model, item, Optional.of(condition)));
  }

  /**
   * Writes a record as a row, as {@link Item#from} makes it.
   *
   * @return the row that it replaced
   */
  public Optional<Item> putItem(Record row) {
    return putItem(Item.from(row));
  }

  /**
   * Writes a record as a row, as {@link Item#from} makes it, if the stored row meets a condition.
   *
   * @return the row that it replaced
   * @throws ConditionalCheckFailedException when it does not
   */
  public Optional<Item> putItem(Record row, Condition condition) {
    return putItem(Item.from(row), condition);
  }

  /**
   * Reads a row as it was written last, or shortly before ({@code ConsistentRead} false).
   *
   * @param projection the attributes to read, all when there are none
   * @return empty where there is no such row
   */
  public Optional<Item> getItem(Key key, Attribute... projection) {
    return store("getItem").getItem(new Read(model, key, List.of(projection), false));
  }

  /**
   * Reads a row as it was written last ({@code ConsistentRead} true, at twice the price).
   *
   * @param projection the attributes to read, all when there are none
   * @return empty where there is no such row
   */
  public Optional<Item> getItemConsistently(Key key, Attribute... projection) {
    return store("getItemConsistently").getItem(new Read(model, key, List.of(projection), true));
  }

  /**
   * Changes attributes of a row, and leaves the others; makes the row if there is none. A key's attributes cannot be
   * changed.
   *
   * @return the row as it is then
   */
  public Item updateItem(Key key, Update... updates) {
    return store("updateItem")
        .updateItem(new Write.UpdateItem(model, key, List.of(updates), Optional.empty()));
  }

  /**
   * Changes attributes of a row if it meets a condition.
   *
   * @return the row as it is then
   * @throws ConditionalCheckFailedException when it does not
   */
  public Item updateItem(Key key, Condition condition, Update... updates) {
    return store("updateItem")
        .updateItem(new Write.UpdateItem(model, key, List.of(updates), Optional.of(condition)));
  }

  /**
   * Deletes a row; no error when there is none.
   *
   * @return the row as it was
   */
  public Optional<Item> deleteItem(Key key) {
    return store("deleteItem").deleteItem(new Write.Delete(model, key, Optional.empty()));
  }

  /**
   * Deletes a row if it meets a condition.
   *
   * @return the row as it was
   * @throws ConditionalCheckFailedException when it does not
   */
  public Optional<Item> deleteItem(Key key, Condition condition) {
    return store("deleteItem").deleteItem(new Write.Delete(model, key, Optional.of(condition)));
  }

  /**
   * All rows of one hash key, in the order of the range key. The pages are read as the stream is consumed.
   *
   * @param hashKey the value, as in {@link AttributeValue#of}, or a {@link Query}
   */
  public Stream<Item> query(Object hashKey) {
    return query(hashKey instanceof Query query ? query : Query.hashKey(hashKey));
  }

  /**
   * Rows of one hash key. The pages are read as the stream is consumed, however many there are.
   *
   * @throws ValidationException at the first page, for an index or a range key that the table has not
   */
  public Stream<Item> query(Query query) {
    Store store = store("query");
    Query evaluated = query.filter().isPresent() ? query.unlimited() : query;
    Stream<Item> rows = Pages.rows(start -> store.query(model, evaluated, start));
    return query.limit().isPresent() ? rows.limit(query.limit().getAsInt()) : rows;
  }

  /** All rows, in no promised order. The pages are read as the stream is consumed, however many there are. */
  public Stream<Item> scan() {
    return scan(Scan.all());
  }

  /** Rows of the whole table. The pages are read as the stream is consumed, however many there are. */
  public Stream<Item> scan(Scan scan) {
    Store store = store("scan");
    Scan evaluated = scan.filter().isPresent() ? scan.unlimited() : scan;
    Stream<Item> rows = Pages.rows(start -> store.scan(model, evaluated, start));
    return scan.limit().isPresent() ? rows.limit(scan.limit().getAsInt()) : rows;
  }

  /**
   * Reads any number of rows, 100 a request; those that are there, in no promised order. A key that is given twice is
   * read once. Like {@link #getItem}, it may read what was there shortly before.
   *
   * @param projection the attributes to read, all when there are none
   */
  public List<Item> batchGetItem(Collection<Key> keys, Attribute... projection) {
    Store store = store("batchGetItem");
    List<Item> rows = new ArrayList<>();
    List<Read> reads =
        new LinkedHashSet<>(keys)
            .stream().map(key -> new Read(model, key, List.of(projection), false)).toList();
    for (List<Read> batch : batches(reads, LARGEST_BATCH_GET)) {
      rows.addAll(store.batchGetItem(batch));
    }
    return rows;
  }

  /**
   * Puts and deletes any number of rows, 25 a request. Not one step: after an error some may have been written.
   *
   * @throws ValidationException for a row that is given twice, as a put or a delete, before anything is written
   */
  public void batchWriteItem(Collection<Item> puts, Collection<Key> deletes) {
    Store store = store("batchWriteItem");
    List<Write> writes = new ArrayList<>();
    puts.forEach(item -> writes.add(new Write.Put(model, item, Optional.empty())));
    deletes.forEach(key -> writes.add(new Write.Delete(model, key, Optional.empty())));
    distinct(puts, deletes);
    batches(writes, LARGEST_BATCH_WRITE).forEach(store::batchWriteItem);
  }

  /** DynamoDB looks for a row that is given twice in each request alone; the caller sees no requests. */
  private void distinct(Collection<Item> puts, Collection<Key> deletes) {
    Set<List<Optional<AttributeValue>>> seen = new HashSet<>();
    Stream.concat(puts.stream(), deletes.stream().map(Key::attributes)).map(this::key).forEach(key -> {
      if (!seen.add(key)) {
        throw new ValidationException("Provided list of item keys contains duplicates");
      }
    });
  }

  private List<Optional<AttributeValue>> key(Item row) {
    return Stream.concat(Stream.of(model.hashKey()), model.rangeKey().stream())
        .map(attribute -> row.attribute(attribute.name()))
        .toList();
  }

  /**
   * Reads up to 100 rows of the app's tables, each once and 4 MB together, as they are at one moment.
   *
   * @return one for each part, in their order, empty where there is no such row
   * @throws TransactionCanceledException when another transaction was in the way
   */
  public static List<Optional<Item>> transactGetItems(TransactGet first, TransactGet... others) {
    List<Read> reads = new ArrayList<>(List.of(first.read()));
    for (TransactGet other : others) {
      reads.add(other.read());
    }
    return first.table().store("transactGetItems").transactGetItems(reads);
  }

  /**
   * Writes up to 100 rows of the app's tables, each once and 4 MB together, all or none.
   *
   * @throws TransactionCanceledException when a part's condition is not met, or another transaction was in the way; it
   *     has a reason for each part
   */
  public static void transactWriteItems(TransactWrite first, TransactWrite... others) {
    List<Write> writes = new ArrayList<>(List.of(first.write()));
    for (TransactWrite other : others) {
      writes.add(other.write());
    }
    first.table().store("transactWriteItems").transactWriteItems(writes);
  }

  private static <T> List<List<T>> batches(List<T> all, int size) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      batches.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return batches;
  }

  private Store store(String call) {
    return new ExplainingStore(binding.platform(model.id() + "." + call).store());
  }

  TableModel model() {
    return model;
  }

  Binding binding() {
    return binding;
  }

  @Override
  public String toString() {
    return "table '" + model.id() + "'";
  }
}
