package dev.pinion.sim;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.sim.RequestTrace.Call;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tables whose operations are noted in the trace of the request that caused them, while somebody looks. Any thread. */
final class RecordedStore implements Store {
  private static final int MOST_KEYS = 100;

  private final Store store;
  private final Recording recording;
  private final RowTexts texts;

  RecordedStore(Store store, Recording recording) {
    this.store = store;
    this.recording = recording;
    texts = new RowTexts(recording.json());
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.putItem(put);
    return trace.step(
        write("putItem", List.of(put)), () -> store.putItem(put),
        old -> old.isPresent() ? "replaced a row" : "a new row");
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.updateItem(update);
    return trace.step(write("updateItem", List.of(update)), () -> store.updateItem(update), texts::of);
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.deleteItem(delete);
    return trace.step(
        write("deleteItem", List.of(delete)), () -> store.deleteItem(delete),
        old -> old.isPresent() ? "deleted the row" : "there was no row");
  }

  @Override
  public Optional<Item> getItem(Read read) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.getItem(read);
    return trace.step(
        read("getItem", List.of(read)), () -> store.getItem(read), row -> row.map(texts::of).orElse("no row"));
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.query(table, query, exclusiveStartKey);
    return trace.step(
        new Call("query", table.id(), () -> texts.of(table, query), List::of),
        () -> store.query(table, query, exclusiveStartKey), RecordedStore::rows);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.scan(table, scan, exclusiveStartKey);
    return trace.step(
        new Call("scan", table.id(), () -> texts.of(scan), List::of),
        () -> store.scan(table, scan, exclusiveStartKey), RecordedStore::rows);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.batchGetItem(reads);
    return trace.step(
        read("batchGetItem", reads), () -> store.batchGetItem(reads), found -> rows(found.size()));
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    RequestTrace trace = recording.trace();
    if (trace == null) store.batchWriteItem(writes);
    else written(trace, "batchWriteItem", writes, () -> store.batchWriteItem(writes));
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    RequestTrace trace = recording.trace();
    if (trace == null) return store.transactGetItems(reads);
    Function<List<Optional<Item>>, String> result =
        found -> rows((int) found.stream().filter(Optional::isPresent).count());
    return trace.step(read("transactGetItems", reads), () -> store.transactGetItems(reads), result);
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    RequestTrace trace = recording.trace();
    if (trace == null) store.transactWriteItems(writes);
    else written(trace, "transactWriteItems", writes, () -> store.transactWriteItems(writes));
  }

  private void written(RequestTrace trace, String operation, List<Write> writes, Runnable action) {
    trace.<Boolean>step(write(operation, writes), () -> {
      action.run();
      return true;
    }, _ -> rows(writes.size()));
  }

  private Call write(String operation, List<? extends Write> writes) {
    Supplier<List<Object>> keys = () -> writes.stream().limit(MOST_KEYS)
        .<Object>map(each -> writes.size() == 1 ? RowTexts.key(each, recording.texts())
            : Map.of("table", each.table().id(), "key", RowTexts.key(each, recording.texts())))
        .toList();
    return new Call(
        operation, tables(writes.stream().map(Write::table).toList()),
        () -> writes.stream().limit(MOST_KEYS).map(texts::of).collect(Collectors.joining("\n")), keys);
  }

  private Call read(String operation, List<Read> reads) {
    return new Call(
        operation, tables(reads.stream().map(Read::table).toList()),
        () -> reads.stream().limit(MOST_KEYS).map(each -> texts.of(each.key())).collect(Collectors.joining("\n")),
        List::of);
  }

  private static String tables(List<TableModel> tables) {
    return tables.stream().map(TableModel::id).distinct().collect(Collectors.joining(", "));
  }

  private static String rows(Page page) {
    return rows(page.items().size()) + (page.lastEvaluatedKey().isPresent() ? ", and there are more pages" : "");
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
