package dev.pinion;

import dev.pinion.spi.Batching;
import dev.pinion.spi.ChangeModel;
import dev.pinion.spi.Read;
import dev.pinion.spi.SourceLocation;
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
 * A DynamoDB table. Declared with {@link Cloud#table}, used in handlers. Any thread. Its methods have DynamoDB's names,
 * and block until DynamoDB has answered. A write is durable when the method returns.
 *
 * <p>All methods throw {@link ValidationException} if DynamoDB rejects the request, for example because a key does not
 * match the table's or a row has more than 400 KB, and {@link PhaseException} while {@link App#define} declares. On AWS
 * they also throw {@link LimitExceededException} if DynamoDB still throttles the call after several retries, and {@link
 * ForbiddenException} if the function's role does not allow it.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html">
 *     DynamoDB: actions</a>
 */
public final class Table {
  private static final int LARGEST_BATCH_GET = 100;
  private static final int LARGEST_BATCH_WRITE = 25;

  private TableModel model;
  private final Batching batching;
  private final Binding binding;
  private Optional<Declared> declared = Optional.empty();

  /** The declared handler of its changes, whose options may still change. */
  private record Declared(ChangeHandler handler, HandlerOptions options, SourceLocation location) {}

  Table(TableModel model, Batching changes, Binding binding) {
    this.model = model;
    this.batching = changes;
    this.binding = binding;
  }

  /**
   * Declares the handler of the table's changes, in {@link App#define}: each row that is added, changed or removed,
   * also by DynamoDB because its time to live is over, comes to it at least once, and those of one row in their order.
   * If it fails, the change comes again, up to four times; then it goes to the dead letters, and the next ones follow.
   */
  public HandlerOptions onChange(ChangeHandler handler) {
    SourceLocation here = binding.declare("onChange");
    declared.ifPresent(
        first -> binding.problem(here, this + " has two handlers of its changes, the first at " + first.location
            + ": remove one of them"));
    HandlerOptions options = new HandlerOptions(binding, changes());
    declared = Optional.of(new Declared(handler, options, here));
    return options;
  }

  private String changes() {
    return model.id() + "/changes";
  }

  /** Ends the declaration. */
  TableModel freeze() {
    model = model.with(
        declared.map(each -> new ChangeModel(
            changes(), model.id(), each.handler, batching, each.options.model(), each.location)));
    if (declared.isEmpty() && !batching.equals(Batching.OF_CHANGES)) {
      binding.problem(
          model.location(),
          this + " has a batch size or a batching window of changes, but no onChange: add it, or remove them");
    }
    return model;
  }

  /**
   * Writes a whole row.
   *
   * @return the row that was replaced; empty if there was none
   */
  public Optional<Item> putItem(Item item) {
    return store("putItem").putItem(new Write.Put(model, item, Optional.empty()));
  }

  /**
   * Writes a whole row if the stored row meets a condition.
   *
   * @return the row that was replaced; empty if there was none
   * @throws ConditionalCheckFailedException if it does not
   */
  public Optional<Item> putItem(Item item, Condition condition) {
    return store("putItem").putItem(new Write.Put(model, item, Optional.of(condition)));
  }

  /**
   * Writes a record as a row, converted as by {@link Item#from}.
   *
   * @return the row that was replaced; empty if there was none
   */
  public Optional<Item> putItem(Record row) {
    return putItem(Item.from(row));
  }

  /**
   * Writes a record as a row, converted as by {@link Item#from}, if the stored row meets a condition.
   *
   * @return the row that was replaced; empty if there was none
   * @throws ConditionalCheckFailedException if it does not
   */
  public Optional<Item> putItem(Record row, Condition condition) {
    return putItem(Item.from(row), condition);
  }

  /**
   * Reads a row. It may miss a write of a moment ago ({@code ConsistentRead} is false).
   *
   * @param projection the attributes to read; all if none is given
   * @return empty if the row does not exist
   */
  public Optional<Item> getItem(Key key, Attribute... projection) {
    return store("getItem").getItem(new Read(model, key, List.of(projection), false));
  }

  /**
   * Reads a row, and sees the last write ({@code ConsistentRead} is true). Costs twice as much as {@link #getItem}.
   *
   * @param projection the attributes to read; all if none is given
   * @return empty if the row does not exist
   */
  public Optional<Item> getItemConsistently(Key key, Attribute... projection) {
    return store("getItemConsistently").getItem(new Read(model, key, List.of(projection), true));
  }

  /**
   * Changes attributes of a row and keeps the others. Creates the row if it does not exist. Attributes of the key
   * cannot be changed.
   *
   * @return the row after the update
   */
  public Item updateItem(Key key, Update... updates) {
    return store("updateItem")
        .updateItem(new Write.UpdateItem(model, key, List.of(updates), Optional.empty()));
  }

  /**
   * Changes attributes of a row if it meets a condition.
   *
   * @return the row after the update
   * @throws ConditionalCheckFailedException if it does not
   */
  public Item updateItem(Key key, Condition condition, Update... updates) {
    return store("updateItem")
        .updateItem(new Write.UpdateItem(model, key, List.of(updates), Optional.of(condition)));
  }

  /**
   * Deletes a row. Does nothing if the row does not exist.
   *
   * @return the deleted row; empty if there was none
   */
  public Optional<Item> deleteItem(Key key) {
    return store("deleteItem").deleteItem(new Write.Delete(model, key, Optional.empty()));
  }

  /**
   * Deletes a row if it meets a condition.
   *
   * @return the deleted row; empty if there was none
   * @throws ConditionalCheckFailedException if it does not
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

  /** Reads all rows, in no particular order. Each page is read when the stream needs it. */
  public Stream<Item> scan() {
    return scan(Scan.all());
  }

  /** Reads rows of the whole table. Each page is read when the stream needs it. */
  public Stream<Item> scan(Scan scan) {
    Store store = store("scan");
    Scan evaluated = scan.filter().isPresent() ? scan.unlimited() : scan;
    Stream<Item> rows = Pages.rows(start -> store.scan(model, evaluated, start));
    return scan.limit().isPresent() ? rows.limit(scan.limit().getAsInt()) : rows;
  }

  /**
   * Reads any number of rows, 100 in each request, and returns those that exist, in no particular order. A key that is
   * given twice is read once. Like {@link #getItem}, it may miss a write of a moment ago.
   *
   * @param projection the attributes to read; all if none is given
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
   * Writes and deletes any number of rows, 25 in each request. This is not atomic: after an error, some rows may have
   * been written.
   *
   * @throws ValidationException if a row is given twice, as a put or a delete; then nothing is written
   */
  public void batchWriteItem(Collection<Item> puts, Collection<Key> deletes) {
    Store store = store("batchWriteItem");
    List<Write> writes = new ArrayList<>();
    puts.forEach(item -> writes.add(new Write.Put(model, item, Optional.empty())));
    deletes.forEach(key -> writes.add(new Write.Delete(model, key, Optional.empty())));
    distinct(puts, deletes);
    batches(writes, LARGEST_BATCH_WRITE).forEach(store::batchWriteItem);
  }

  /** Rejects duplicates across all requests; DynamoDB itself checks only within one request. */
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
   * Reads up to 100 different rows of the app's tables, 4 MB in all, as of one moment.
   *
   * @return a result for each part, in their order; empty if the row does not exist
   * @throws TransactionCanceledException if another transaction conflicts
   */
  public static List<Optional<Item>> transactGetItems(TransactGet first, TransactGet... others) {
    List<Read> reads = new ArrayList<>(List.of(first.read()));
    for (TransactGet other : others) {
      reads.add(other.read());
    }
    return first.table().store("transactGetItems").transactGetItems(reads);
  }

  /**
   * Writes up to 100 different rows of the app's tables, 4 MB in all: all of them, or none.
   *
   * @throws TransactionCanceledException if the condition of a part is not met, or another transaction conflicts; it
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
