package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import dev.pinion.ValidationException;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one app in a folder, with DynamoDB's behaviour. Any thread; reads see the last acknowledged writes,
 * and a
 * write that is acknowledged survives the end of the process, however it comes.
 */
final class EmbeddedTables implements Store, AutoCloseable {
  private static final int MOST_TOGETHER = 100;
  private static final int MOST_WRITES = 25;
  private static final Condition ALWAYS =
      dev.pinion.Operand.of(true).equalTo(true);

  private final Committer committer;
  private final TablesFile file;
  private final Map<String, TableLayout> layouts;
  private final List<TableModel> models;
  private final InstantSource clock;

  private EmbeddedTables(
      Committer committer, TablesFile file, Map<String, TableLayout> layouts, List<TableModel> models,
      InstantSource clock) {
    this.committer = committer;
    this.file = file;
    this.layouts = layouts;
    this.models = models;
    this.clock = clock;
  }

  /**
   * Opens the tables in a folder, which is made when it is not there.
   *
   * @throws TablesException when another run has the folder open, it is damaged, or a table's key has changed
   */
  static EmbeddedTables open(Path folder, List<TableModel> tables, InstantSource clock) {
    TablesFile file = TablesFile.open(folder);
    try {
      Map<String, TableLayout> layouts = new HashMap<>();
      Map<String, TableRows> rows = new HashMap<>();
      for (TableModel table : tables) {
        TableLayout layout = TableLayout.of(table);
        layouts.put(table.id(), layout);
        rows.put(table.id(), TableRows.of(layout, file.load(layout)));
      }
      Committer committer = new Committer(new Snapshot(rows), file::write);
      return new EmbeddedTables(committer, file, layouts, List.copyOf(tables), clock);
    } catch (RuntimeException e) {
      file.abandon();
      throw e;
    }
  }

  private TableLayout layout(TableModel table) {
    return Objects.requireNonNull(layouts.get(table.id()), "the app has declared no such table");
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    return committer.write(draft -> apply(draft, put)).map(Row::item);
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    return committer.write(draft -> {
      apply(draft, update);
      Row after = draft.get(update.table(), KeyCheck.key(layout(update.table()), update.key()));
      return Objects.requireNonNull(after, "an updated row is there").item();
    });
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    return committer.write(draft -> apply(draft, delete)).map(Row::item);
  }

  /** Does one write; gives the row as it was. */
  private Optional<Row> apply(Draft draft, Write write) {
    TableLayout layout = layout(write.table());
    byte[] key = rowKey(write);
    Row before = draft.get(write.table(), key);
    Map<String, AttributeValue> values = before == null ? Map.of() : before.item().attributes();
    if (!Conditions.hold(write.condition().orElse(ALWAYS), values)) {
      throw new ConditionalCheckFailedException("The conditional request failed");
    }
    switch (write) {
      case Write.Put(_, Item item, _) -> draft.put(write.table(), key, new Row(item));
      case Write.Delete _ -> draft.delete(write.table(), key);
      case Write.UpdateItem(_, Key given, var updates, _) -> {
        Map<String, AttributeValue> start = before == null ? given.values() : values;
        Item after = Item.of(Updates.apply(updates, start, layout.key()));
        var _ = KeyCheck.row(layout, after);
        draft.put(write.table(), key, new Row(after));
      }
      case Write.Check _ -> {
      }
    }
    return Optional.ofNullable(before);
  }

  private byte[] rowKey(Write write) {
    TableLayout layout = layout(write.table());
    return switch (write) {
      case Write.Put(_, Item item, _) -> KeyCheck.row(layout, item);
      case Write.Delete(_, Key key, _) -> KeyCheck.key(layout, key);
      case Write.UpdateItem(_, Key key, _, _) -> KeyCheck.key(layout, key);
      case Write.Check(_, Key key, _) -> KeyCheck.key(layout, key);
    };
  }

  @Override
  public Optional<Item> getItem(Read read) {
    return get(committer.snapshot(), read);
  }

  private Optional<Item> get(Snapshot snapshot, Read read) {
    Projection projection = Projection.of(read.projection());
    Row row = snapshot.table(read.table()).get(KeyCheck.key(layout(read.table()), read.key()));
    return Optional.ofNullable(row).map(found -> projection.of(found.item()));
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    return new PageReader(committer.snapshot().table(table), query.index(), query.consistent())
        .query(query, exclusiveStartKey);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    return new PageReader(committer.snapshot().table(table), scan.index(), scan.consistent())
        .scan(scan, exclusiveStartKey);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    if (reads.size() > MOST_TOGETHER) {
      throw new ValidationException("Too many items requested for the BatchGetItem call");
    }
    distinct(
        reads.stream().map(read -> place(read.table(), KeyCheck.key(layout(read.table()), read.key()))).toList(),
        "Provided list of item keys contains duplicates");
    Snapshot snapshot = committer.snapshot();
    return reads.stream().flatMap(read -> get(snapshot, read).stream()).toList();
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    if (writes.size() > MOST_WRITES) {
      throw new ValidationException("Too many items requested for the BatchWriteItem call");
    }
    distinct(places(writes), "Provided list of item keys contains duplicates");
    var _ = committer.<@Nullable Void>write(draft -> {
      writes.forEach(write -> apply(draft, write));
      return null;
    });
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    if (reads.size() > MOST_TOGETHER) {
      throw new ValidationException("Member must have length less than or equal to 100");
    }
    distinct(
        reads.stream().map(read -> place(read.table(), KeyCheck.key(layout(read.table()), read.key()))).toList(),
        "Transaction request cannot include multiple operations on one item");
    Snapshot snapshot = committer.snapshot();
    return reads.stream().map(read -> get(snapshot, read)).toList();
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    if (writes.size() > MOST_TOGETHER) {
      throw new ValidationException("Member must have length less than or equal to 100");
    }
    distinct(places(writes), "Transaction request cannot include multiple operations on one item");
    var _ = committer.<@Nullable Void>write(draft -> {
      List<Reason> reasons = writes.stream().map(write -> reason(draft, write)).toList();
      if (reasons.stream().anyMatch(reason -> !reason.equals(Reason.NONE))) {
        throw new TransactionCanceledException(reasons);
      }
      return null;
    });
  }

  private Reason reason(Draft draft, Write write) {
    try {
      var _ = apply(draft, write);
      return Reason.NONE;
    } catch (ConditionalCheckFailedException e) {
      return new Reason("ConditionalCheckFailed", String.valueOf(e.getMessage()));
    } catch (ValidationException e) {
      return new Reason("ValidationError", String.valueOf(e.getMessage()));
    }
  }

  private List<String> places(List<Write> writes) {
    return writes.stream().map(write -> place(write.table(), rowKey(write))).toList();
  }

  private static String place(TableModel table, byte[] key) {
    return table.id() + "/" + Arrays.toString(key);
  }

  private static void distinct(List<String> places, String refusal) {
    Set<String> seen = new HashSet<>();
    if (!places.stream().allMatch(seen::add)) {
      throw new ValidationException(refusal);
    }
  }

  /** Deletes the rows that have expired; tells how many. */
  int sweep() {
    int swept = 0;
    for (TableModel table : models) {
      if (table.timeToLive().isPresent()) {
        Expiry expiry = new Expiry(table.timeToLive().get(), clock.instant().getEpochSecond());
        for (byte[] key : expiry.expired(committer.snapshot().table(table).rows())) {
          swept += committer.write(draft -> expiry.sweep(draft, table, key));
        }
      }
    }
    return swept;
  }

  @Override
  public void close() {
    committer.close();
    file.close();
  }

  /** The rules of a table's time to live at one moment. */
  private record Expiry(String attribute, long now) {
    private static final long OLDEST = 5L * 365 * 24 * 3600;

    List<byte[]> expired(SortedRows rows) {
      List<byte[]> keys = new ArrayList<>();
      rows.visit(KeyRange.ALL, false, (key, row) -> {
        if (over(row)) {
          keys.add(key);
        }
        return true;
      });
      return keys;
    }

    private boolean over(Row row) {
      return row.item().attributes().get(attribute) instanceof AttributeValue.N(var second)
          && second.compareTo(java.math.BigDecimal.valueOf(now)) < 0
          && second.compareTo(java.math.BigDecimal.valueOf(now - OLDEST)) > 0;
    }

    /** Deletes a row unless it has been changed and is not over any more. */
    int sweep(Draft draft, TableModel table, byte[] key) {
      Row row = draft.get(table, key);
      if (row == null || !over(row)) {
        return 0;
      }
      draft.delete(table, key);
      return 1;
    }
  }
}
