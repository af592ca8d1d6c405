package dev.pinion.contract;

import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.ServiceException;
import dev.pinion.Table;
import dev.pinion.TransactionCanceledException;
import dev.pinion.spi.TableModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.BINARY;
import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.fail;

/**
 * The same random operations on a store and on DynamoDB Local give the same results and errors.
 *
 * <p>{@code -Dpinion.sequences=20000 -Dpinion.seed=7} runs more of them.
 */
public abstract class StoreDifference {
  private static final int OPERATIONS = 25;
  private static final int AT_ONCE = 4;

  private final StoreBackend.Start dynamoDbLocal;
  private final StoreBackend.Start store;

  /** Compares a store with DynamoDB Local; both are started several times, each with its own tables. */
  protected StoreDifference(StoreBackend.Start dynamoDbLocal, StoreBackend.Start store) {
    this.dynamoDbLocal = dynamoDbLocal;
    this.store = store;
  }

  private static List<Table> tables(Cloud cloud) {
    return List.of(
        cloud.table("plain").hashKey("id", STRING).create(),
        cloud.table("ranged").hashKey("id", STRING).rangeKey("at", NUMBER)
            .attribute("user", STRING).attribute("score", NUMBER)
            .index("byUser", "user", "score").index("byScore", "score").create(),
        cloud.table("binary").hashKey("id", NUMBER).rangeKey("at", BINARY)
            .attribute("tag", STRING).index("byTag", "tag", "at").create(),
        cloud.table("text").hashKey("id", BINARY).rangeKey("at", STRING).create());
  }

  /** Several at a time, each on tables of its own: most of a sequence is waiting for the other side's threads. */
  @Test
  void theSameAsDynamoDbLocal() throws Exception {
    int sequences = Integer.getInteger("pinion.sequences", 150);
    long seed = Long.getLong("pinion.seed", 20_261_124);
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Void>> done = new ArrayList<>();
      for (int lane = 0; lane < AT_ONCE; lane++) {
        int first = lane;
        done.add(threads.submit(() -> sequences(first, sequences, seed)));
      }
      for (Future<Void> lane : done) {
        lane.get();
      }
    }
  }

  private @Nullable Void sequences(int first, int sequences, long seed) throws Exception {
    try (TablesApp theirs = TablesApp.start(StoreDifference::tables, dynamoDbLocal);
        TablesApp ours = TablesApp.start(StoreDifference::tables, store)) {
      for (int i = first; i < sequences; i += AT_ONCE) {
        sequence(seed + i, ours.models(), theirs.tables(), ours.tables());
      }
      return null;
    }
  }

  private static void sequence(long seed, List<TableModel> models, List<Table> theirs, List<Table> ours) {
    RandomOperations operations = new RandomOperations(new RandomValues(new Random(seed)), models);
    List<Operation> done = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      Operation operation = operations.next();
      done.add(operation);
      compare(seed, done, theirs, ours);
    }
    for (int at = 0; at < models.size(); at++) {
      done.add(RandomOperations.all(models.get(at), at));
      compare(seed, done, theirs, ours);
      empty(models.get(at), theirs.get(at), ours.get(at));
    }
  }

  private static void compare(long seed, List<Operation> done, List<Table> theirs, List<Table> ours) {
    Operation last = done.getLast();
    Object expected = outcome(last, theirs);
    Object actual = outcome(last, ours);
    if (!Deviations.isSame(last, expected, actual)) {
      StringBuilder text = new StringBuilder("seed " + seed + "\n");
      done.forEach(each -> text.append("  ").append(each).append('\n'));
      fail(text + "DynamoDB Local: " + expected + "\nours:           " + actual);
    }
  }

  private static void empty(TableModel model, Table theirs, Table ours) {
    List<Item> rows = ours.scan().toList();
    List<Key> keys = rows.stream().map(row -> key(model, row)).toList();
    theirs.batchWriteItem(List.of(), keys);
    ours.batchWriteItem(List.of(), keys);
  }

  private static Key key(TableModel model, Item row) {
    Item hash = Item.of(model.hashKey().name(), row.attribute(model.hashKey().name()).orElseThrow());
    return new Key(
        model.rangeKey().map(range -> hash.with(range.name(), row.attribute(range.name()).orElseThrow())).orElse(hash));
  }

  /** What a call gave or threw, in a form that can be compared. */
  private static Object outcome(Operation operation, List<Table> tables) {
    try {
      Object result = operation.call().on(tables);
      return !operation.ordered() && result instanceof Collection<?> rows
          ? rows.stream().map(Canonical::text).sorted().toList()
          : Canonical.text(result);
    } catch (TransactionCanceledException e) {
      return "TransactionCanceledException: "
          + e.reasons().stream().map(TransactionCanceledException.Reason::code).toList();
    } catch (ServiceException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
