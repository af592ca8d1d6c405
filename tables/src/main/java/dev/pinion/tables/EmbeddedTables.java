package dev.pinion.tables;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.ValidationException;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An app's tables in a folder on this machine, or in memory only, with DynamoDB's behaviour.
 *
 * <p>All rows are in memory, decoded; the disk is read once, at the start, and written before a write is acknowledged.
 * A read sees one moment's rows, a write all or nothing, and writes happen one after another. An acknowledged write
 * survives the end of the process, also a forced one. May be used from any thread.
 */
public final class EmbeddedTables implements Store, AutoCloseable {
  private static final int BATCH_GET_LIMIT = 100;
  private static final int BATCH_WRITE_LIMIT = 25;
  private static final int SWEPT_TOGETHER = 1_000;

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final List<TableModel> tables;
  private final Committer committer;
  private final InstantSource clock;
  private final List<Sweeper> sweepers = new ArrayList<>(1);

  private EmbeddedTables(List<TableModel> tables, Committer committer, InstantSource clock) {
    this.tables = tables;
    this.committer = committer;
    this.clock = clock;
  }

  /**
   * Opens the tables in a folder, which is created if it does not exist. Tables that the app no longer declares keep
   * their rows. Rows that have expired are deleted each minute.
   *
   * @param clock says when rows expire
   * @param log receives a line for each failure that no caller sees
   * @throws FileSystemException when the folder cannot be used: it is in use, damaged or not writable, has rows of
   *     another key than a table's, or more rows than fit into memory; the message says what to do
   */
  public static EmbeddedTables open(
      Path folder, List<TableModel> tables, InstantSource clock, Consumer<String> log) throws FileSystemException {
    try {
      TablesFile file = TablesFile.open(folder, log);
      EmbeddedTables opened = new EmbeddedTables(List.copyOf(tables), loaded(tables, file), clock);
      if (tables.stream().anyMatch(table -> table.timeToLive().isPresent())) {
        opened.sweepers.add(new Sweeper(opened::sweep, SWEEP, log));
      }
      return opened;
    } catch (TablesException e) {
      throw e;
    } catch (IOException e) {
      throw new FolderUnusableException(folder, e);
    } catch (OutOfMemoryError e) {
      throw new FolderUnusableException(folder, TablesFile.length(folder), e);
    }
  }

  /**
   * Creates empty tables that are nowhere but in memory, for tests. Expired rows are deleted by {@link #sweep} only.
   *
   * @param clock says when rows expire
   */
  public static EmbeddedTables inMemory(List<TableModel> tables, InstantSource clock) {
    Map<String, TableRows> rows = new HashMap<>();
    tables.forEach(table -> rows.put(table.id(), TableRows.of(TableLayout.of(table), List.of())));
    return new EmbeddedTables(List.copyOf(tables), new Committer(new Snapshot(rows), CommitSink.NONE), clock);
  }

  private static Committer loaded(List<TableModel> tables, TablesFile file) throws IOException {
    boolean loaded = false;
    try {
      Map<String, TableRows> rows = new HashMap<>();
      for (TableModel table : tables) {
        TableLayout layout = TableLayout.of(table);
        rows.put(table.id(), TableRows.of(layout, file.load(layout)));
      }
      Snapshot start = new Snapshot(rows);
      file.begin(start);
      Committer committer = new Committer(start, file);
      loaded = true;
      return committer;
    } finally {
      if (!loaded) {
        file.abandon();
      }
    }
  }

  /**
   * Deletes all tables in a folder, also damaged ones.
   *
   * @throws FileSystemException when they are in use or cannot be deleted; the message says what to do
   */
  public static void delete(Path folder) throws FileSystemException {
    try {
      TablesFile.delete(folder);
    } catch (TablesException e) {
      throw e;
    } catch (IOException e) {
      throw new FolderUnusableException(folder, e);
    }
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    return item(write(put).before());
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    return item(write(update).after()).orElseThrow();
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    return item(write(delete).before());
  }

  private WriteStep.Done write(Write write) {
    WriteStep step = step(write);
    return committer.write(step::apply);
  }

  private WriteStep step(Write write) {
    return WriteStep.of(write, committer.snapshot().table(write.table()).layout());
  }

  private static Optional<Item> item(@Nullable Row row) {
    return Optional.ofNullable(row).map(Row::item);
  }

  @Override
  public Optional<Item> getItem(Read read) {
    return item(read, committer.snapshot());
  }

  private static Optional<Item> item(Read read, Snapshot snapshot) {
    TableRows rows = snapshot.table(read.table());
    Projection projection = Projection.of(read.projection(), rows.layout());
    return Optional.ofNullable(rows.get(KeyCheck.key(rows.layout(), read.key()))).map(rows::item).map(projection::of);
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    return Queries.query(committer.snapshot().table(table), query, exclusiveStartKey);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    return Queries.scan(committer.snapshot().table(table), scan, exclusiveStartKey);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    if (reads.isEmpty() || reads.size() > BATCH_GET_LIMIT) {
      throw new ValidationException("Too many items requested for the BatchGetItem call");
    }
    Snapshot snapshot = committer.snapshot();
    distinct(reads, snapshot, "Provided list of item keys contains duplicates");
    return reads.stream().flatMap(read -> item(read, snapshot).stream()).toList();
  }

  private static void distinct(List<Read> reads, Snapshot snapshot, String refusal) {
    var distinct = new Transactions.Distinct(refusal);
    for (Read read : reads) {
      TableLayout layout = snapshot.table(read.table()).layout();
      distinct.add(read.table(), KeyCheck.key(layout, read.key()));
    }
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    if (writes.isEmpty() || writes.size() > BATCH_WRITE_LIMIT) {
      throw new ValidationException("Too many items requested for the BatchWriteItem call");
    }
    for (Write write : writes) {
      if (write instanceof Write.UpdateItem || write.condition().isPresent()) {
        throw new ValidationException("BatchWriteItem takes puts and deletes without conditions");
      }
    }
    List<WriteStep> steps = steps(writes, WriteStep::of, "Provided list of item keys contains duplicates");
    committer.write(
        pending -> {
          steps.forEach(step -> step.apply(pending));
          return null;
        });
  }

  private List<WriteStep> steps(
      List<Write> writes, BiFunction<Write, TableLayout, WriteStep> check, String refusal) {
    Snapshot snapshot = committer.snapshot();
    var distinct = new Transactions.Distinct(refusal);
    List<WriteStep> steps = new ArrayList<>();
    for (Write write : writes) {
      WriteStep step = check.apply(write, snapshot.table(write.table()).layout());
      if (step.hasKey()) {
        distinct.add(step.table(), step.key());
      }
      steps.add(step);
    }
    return steps;
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    Transactions.parts(reads.size());
    Snapshot snapshot = committer.snapshot();
    distinct(reads, snapshot, Transactions.ONE_ROW_TWICE);
    List<Optional<Item>> items = reads.stream().map(read -> item(read, snapshot)).toList();
    Transactions.bytes(items.stream().flatMap(Optional::stream).mapToLong(ItemSize::of).sum());
    return items;
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    Transactions.parts(writes.size());
    List<WriteStep> steps = steps(writes, WriteStep::ofTransaction, Transactions.ONE_ROW_TWICE);
    Transactions.bytes(steps.stream().mapToLong(WriteStep::size).sum());
    committer.write(
        pending -> {
          Transactions.apply(steps, pending);
          return null;
        });
  }

  /**
   * Deletes the rows that have expired; until then they can be read. A row that is changed meanwhile stays.
   *
   * @return how many it deleted
   */
  public int sweep() {
    Snapshot snapshot = committer.snapshot();
    Instant now = clock.instant();
    int deleted = 0;
    for (TableModel table : tables) {
      var expired = Expiry.in(table, snapshot.table(table), now);
      for (int i = 0; i < expired.size(); i += SWEPT_TOGETHER) {
        var some = expired.subList(i, Math.min(i + SWEPT_TOGETHER, expired.size()));
        deleted +=
            committer.write(
                pending -> (int) some.stream().filter(each -> each.delete(pending)).count());
      }
    }
    return deleted;
  }

  /** Waits for running writes, brings everything to the disk itself and lets the folder go. */
  @Override
  public void close() {
    sweepers.forEach(Sweeper::close);
    committer.close();
  }
}
