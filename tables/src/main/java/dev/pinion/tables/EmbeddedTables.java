package dev.pinion.tables;

import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.TransactionCanceledException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An app's tables in a folder on this machine, or in memory only, with DynamoDB's behaviour.
 *
 * <p>All rows are in memory, decoded; the disk is read once, at the start, and written before a write is acknowledged.
 * A read sees one moment's rows, a write all or nothing, and writes happen one after another. An acknowledged write
 * survives the end of the process, also a forced one. May be used from any thread.
 */
public final class EmbeddedTables implements Store, AutoCloseable {
  private static final int SWEPT_TOGETHER = 1_000;

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private volatile List<TableModel> tables;
  private final Committer committer;
  private final TableRequests requests;
  private final InstantSource clock;
  private final Optional<Consumer<String>> sweepLog;
  private Optional<Sweeper> sweeper = Optional.empty();

  private EmbeddedTables(
      List<TableModel> tables, Committer committer, InstantSource clock, Optional<Consumer<String>> sweepLog) {
    this.sweepLog = sweepLog;
    this.tables = tables;
    this.committer = committer;
    requests = new TableRequests(committer);
    this.clock = clock;
  }

  /**
   * Opens the tables in a folder, which is created if it does not exist. Tables that the app no longer declares keep
   * their rows. Rows that have expired are deleted each minute, and not at once after the clock was set forward.
   *
   * @param clock says when rows expire
   * @param log receives a line for each failure that no caller sees
   * @throws FileSystemException when the folder cannot be used: it is in use, damaged or not writable, has rows of
   *     another key than a table's, or more rows than fit into memory; the message says what to do
   */
  public static EmbeddedTables open(
      Path folder, List<TableModel> tables, InstantSource clock, Consumer<String> log) throws FileSystemException {
    return open(folder, tables, clock, log, ChangeSink.NONE);
  }

  /**
   * Opens the tables in a folder, like {@link #open(Path, List, InstantSource, Consumer)}.
   *
   * @param changes takes the changes of rows, also those that it has not taken before
   */
  public static EmbeddedTables open(
      Path folder, List<TableModel> tables, InstantSource clock, Consumer<String> log, ChangeSink changes)
      throws FileSystemException {
    try {
      TablesFile file = TablesFile.open(folder, changes.taken(), log);
      EmbeddedTables opened =
          new EmbeddedTables(List.copyOf(tables), loaded(tables, file, clock, changes), clock, Optional.of(log));
      opened.sweepByItself();
      return opened;
    } catch (TablesException e) {
      throw e;
    } catch (IOException e) {
      throw new FolderUnusableException(folder, Kept.TABLES, e);
    } catch (OutOfMemoryError e) {
      throw new FolderUnusableException(folder, Kept.TABLES, TablesFile.length(folder), e);
    }
  }

  /**
   * Creates empty tables that are nowhere but in memory, for tests. Expired rows are deleted by {@link #sweep} only.
   *
   * @param clock says when rows expire
   */
  public static EmbeddedTables inMemory(List<TableModel> tables, InstantSource clock) {
    return inMemory(tables, clock, ChangeSink.NONE);
  }

  /**
   * Creates empty tables in memory, like {@link #inMemory(List, InstantSource)}.
   *
   * @param changes takes the changes of rows
   */
  public static EmbeddedTables inMemory(List<TableModel> tables, InstantSource clock, ChangeSink changes) {
    Map<String, TableRows> rows = new HashMap<>();
    tables.forEach(table -> rows.put(table.id(), TableRows.of(TableLayout.of(table), List.of())));
    return new EmbeddedTables(
        List.copyOf(tables),
        new Committer(new Snapshot(rows), CommitSink.NONE, new ChangeCapture(changes, clock, 0, List.of())), clock,
        Optional.empty());
  }

  /** The first sweep after a jump is left out: the clock may be wrong, and be set again within the minute. */
  private Sweeper sweeper(Consumer<String> log) {
    ClockJumps jumps = new ClockJumps(clock, System::nanoTime);
    return new Sweeper(() -> {
      if (!jumps.jumped()) {
        sweep();
      }
    }, SWEEP, log);
  }

  private static Committer loaded(
      List<TableModel> tables, TablesFile file, InstantSource clock, ChangeSink changes) throws IOException {
    boolean loaded = false;
    try {
      Map<String, TableRows> rows = new HashMap<>();
      for (TableModel table : tables) {
        TableLayout layout = TableLayout.of(table);
        rows.put(table.id(), TableRows.of(layout, file.load(layout)));
      }
      Snapshot start = new Snapshot(rows);
      file.begin();
      long taken = changes.taken() == Long.MAX_VALUE ? 0 : changes.taken();
      ChangeCapture capture =
          new ChangeCapture(changes, clock, Math.max(taken, file.lastChange()), file.changes());
      if (capture.passOn()) file.written(start);
      Committer committer = new Committer(start, file, capture);
      loaded = true;
      return committer;
    } finally {
      if (!loaded) {
        file.abandon();
      }
    }
  }

  /** Has a thread of its own for expired rows as long as some may expire; in memory, tests sweep. */
  private synchronized void sweepByItself() {
    boolean expires = tables.stream().anyMatch(table -> table.timeToLive().isPresent());
    if (expires && sweeper.isEmpty()) {
      sweeper = sweepLog.map(this::sweeper);
    } else if (!expires) {
      sweeper.ifPresent(Sweeper::close);
      sweeper = Optional.empty();
    }
  }

  /**
   * Returns why {@link #redeclare} would refuse other declarations of the tables: a line for each table, with its
   * declaration, what is wrong and what to do. Empty if it would not.
   */
  public List<String> refusals(List<TableModel> declared) {
    return committer.refusals(declared);
  }

  /**
   * Replaces the declarations of the tables, all at once: others may have been added or removed, and their indexes and
   * times to live may be others. Rows stay. A table that is declared no longer can still be used by what has its model,
   * and so can an index, until the next change.
   *
   * @param inUse whether this also holds for the indexes of the change before
   * @return why nothing of it was done, as {@link #refusals} says; empty if it was done
   * @throws IllegalStateException when the tables are closed, or the disk is full or fails; nothing was done then
   */
  public List<String> redeclare(List<TableModel> declared, boolean inUse) {
    List<String> refusals = committer.redeclare(declared, inUse);
    if (refusals.isEmpty()) {
      tables = List.copyOf(declared);
      sweepByItself();
    }
    return refusals;
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
      throw new FolderUnusableException(folder, Kept.TABLES, e);
    }
  }

  /** Returns the tables' operations with all that DynamoDB's answers can contain. */
  public TableRequests requests() {
    return requests;
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    return TableRequests.item(met(put).before());
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    return TableRequests.item(met(update).after()).orElseThrow();
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    return TableRequests.item(met(delete).before());
  }

  private WriteStep.Done met(Write write) {
    WriteStep.Done done = requests.attempt(write);
    if (!done.met()) {
      throw new ConditionalCheckFailedException(WriteStep.NOT_MET);
    }
    return done;
  }

  @Override
  public Optional<Item> getItem(Read read) {
    return requests.get(read).item();
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    return requests.query(table, query, exclusiveStartKey).page();
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    return requests.scan(table, scan, Segment.ALL, exclusiveStartKey).page();
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    return requests.batchGet(reads).stream().flatMap(each -> each.item().stream()).toList();
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    requests.batchWrite(writes);
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    return requests.transactGet(reads).stream().map(Found::item).toList();
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    Transacted transacted = requests.transactWrite(writes);
    if (!transacted.isDone()) {
      throw new TransactionCanceledException(transacted.reasons());
    }
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
    synchronized (this) {
      sweeper.ifPresent(Sweeper::close);
    }
    committer.close();
  }
}
