package dev.pinion.junit;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Scan;
import dev.pinion.TableChange;
import dev.pinion.ValidationException;
import dev.pinion.sim.DeadLetter;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of a test's app, without any check of permissions. Each method that reads first waits until what the clients
 * have sent is handled, at most for the time limit. Any thread.
 */
public final class TestTable {
  private final LocalApp app;
  private final TableModel model;

  TestTable(LocalApp app, TableModel model) {
    this.app = app;
    this.model = model;
  }

  /** A refusal that names the table and its key, and whose stack trace begins at the test. */
  private <T> T explained(Function<Store, T> operation) {
    try {
      return operation.apply(app.simulator().store());
    } catch (ValidationException e) {
      String key = Stream.concat(Stream.of(model.hashKey()), model.rangeKey().stream())
          .map(each -> each.name() + " " + each.type()).collect(Collectors.joining(", "));
      throw Failures.atTheTest(new ValidationException(
          e.getMessage() + " (table '" + model.id() + "', " + model.location() + ", whose key is " + key + ")"));
    }
  }

  /** Writes rows. */
  public void put(Item... rows) {
    for (Item row : rows) explained(store -> store.putItem(new Write.Put(model, row, Optional.empty())));
  }

  /** Writes records as rows, converted as by {@link Item#from}. */
  public void put(Record... rows) {
    for (Record row : rows) put(Item.from(row));
  }

  /** Deletes a row. Does nothing if it does not exist. */
  public void delete(Key key) {
    var _ = explained(store -> store.deleteItem(new Write.Delete(model, key, Optional.empty())));
  }

  /** Returns the changes for which the handler of {@code onChange} has succeeded, in the order in which it has. */
  public List<TableChange> changes() {
    app.settle();
    return app.changes().handled(model.id());
  }

  /** Returns the changes that the handler has failed to handle, the oldest first. */
  public List<DeadLetter> deadLetters() {
    app.settle();
    return app.simulator().deadLetters(model);
  }

  /** Returns all rows: those of one hash key in the order of the range key, otherwise in no particular order. */
  public List<Item> rows() {
    app.settle();
    List<Item> rows = new ArrayList<>();
    Optional<Item> last = Optional.empty();
    do {
      Page page = app.simulator().store().scan(model, Scan.all(), last);
      rows.addAll(page.items());
      last = page.lastEvaluatedKey();
    } while (last.isPresent());
    return rows;
  }

  /** Returns all rows as records, as {@link #rows()}. */
  public <T extends Record> List<T> rows(Class<T> type) {
    return rows().stream().map(row -> row.as(type)).toList();
  }

  /** Returns a row; empty if it does not exist. */
  public Optional<Item> row(Key key) {
    app.settle();
    return explained(store -> store.getItem(new Read(model, key, List.of(), true)));
  }

  /** Returns a row as a record; empty if it does not exist. */
  public <T extends Record> Optional<T> row(Key key, Class<T> type) {
    return row(key).map(row -> row.as(type));
  }

  /** Expects that the table has these rows and no others, in any order. */
  public void expectRows(Item... expected) {
    List<Item> rows = rows();
    List<Item> missing = without(List.of(expected), rows);
    List<Item> unexpected = without(rows, List.of(expected));
    if (missing.isEmpty() && unexpected.isEmpty()) return;
    throw app.failures().rows(model.id(), missing, unexpected, List.of(expected), rows);
  }

  /** Expects that the table has these records as rows, and no others, in any order. */
  public void expectRows(Record... expected) {
    Item[] items = new Item[expected.length];
    for (int i = 0; i < expected.length; i++) items[i] = Item.from(expected[i]);
    expectRows(items);
  }

  /** Expects that the table has no rows. */
  public void expectNoRows() {
    expectRows(new Item[0]);
  }

  private static List<Item> without(List<Item> items, List<Item> others) {
    List<Item> left = new ArrayList<>(items);
    others.forEach(left::remove);
    return left;
  }
}
