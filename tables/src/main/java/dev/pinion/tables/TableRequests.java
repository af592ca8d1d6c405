package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import dev.pinion.ValidationException;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The operations of DynamoDB on the tables, with all that its answers can contain: the row before a write and after it,
 * also where the condition was not met, and how much was read. Any thread.
 *
 * <p>A request that DynamoDB refuses throws a {@link ValidationException}. A write is durable when its method returns.
 */
public final class TableRequests {
  private static final int BATCH_GET_LIMIT = 100;
  private static final int BATCH_WRITE_LIMIT = 25;

  private final Committer committer;

  TableRequests(Committer committer) {
    this.committer = committer;
  }

  /** Writes a row; does nothing if the write's condition is not met. */
  public Written write(Write write) {
    return written(attempt(write));
  }

  /** Does a write as {@link #write} does, and returns its rows, of which the caller decodes what it needs. */
  WriteStep.Done attempt(Write write) {
    WriteStep step = WriteStep.of(write, committer.snapshot().table(write.table()).layout());
    return committer.write(step::attempt);
  }

  private static Written written(WriteStep.Done done) {
    return new Written(item(done.before()), item(done.after()), done.met());
  }

  static Optional<Item> item(@Nullable Row row) {
    return Optional.ofNullable(row).map(Row::item);
  }

  /** Writes and deletes up to 25 rows with different keys, without conditions. */
  public List<Written> batchWrite(List<Write> writes) {
    if (writes.isEmpty() || writes.size() > BATCH_WRITE_LIMIT) {
      throw new ValidationException("Too many items requested for the BatchWriteItem call");
    }
    for (Write write : writes) {
      if (write instanceof Write.UpdateItem || write.condition().isPresent()) {
        throw new ValidationException("BatchWriteItem takes puts and deletes without conditions");
      }
    }
    List<WriteStep> steps = steps(writes, WriteStep::of, "Provided list of item keys contains duplicates");
    return committer.write(pending -> steps.stream().map(step -> step.attempt(pending)).toList()).stream()
        .map(TableRequests::written).toList();
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

  /** Writes up to 100 rows with different keys: all of them, or none. */
  public Transacted transactWrite(List<Write> writes) {
    Transactions.parts(writes.size());
    List<WriteStep> steps = steps(writes, WriteStep::ofTransaction, Transactions.ONE_ROW_TWICE);
    Transactions.bytes(steps.stream().mapToLong(WriteStep::size).sum());
    Transactions.Attempt attempt = new Transactions.Attempt();
    boolean done = committer.attempt(pending -> attempt.of(steps, pending));
    List<Written> parts = attempt.parts().stream().map(TableRequests::written).toList();
    List<Reason> reasons = done ? List.of() : attempt.reasons();
    return new Transacted(parts, reasons);
  }

  /** Reads a row. */
  public Found get(Read read) {
    return found(read, committer.snapshot());
  }

  private static Found found(Read read, Snapshot snapshot) {
    TableRows rows = snapshot.table(read.table());
    Projection projection = Projection.of(read.projection(), rows.layout());
    Row row = rows.get(KeyCheck.key(rows.layout(), read.key()));
    return row == null
        ? new Found(Optional.empty(), 0)
        : new Found(Optional.of(projection.of(rows.item(row))), row.size());
  }

  /** Reads up to 100 rows with different keys, in the order of the reads. */
  public List<Found> batchGet(List<Read> reads) {
    if (reads.isEmpty() || reads.size() > BATCH_GET_LIMIT) {
      throw new ValidationException("Too many items requested for the BatchGetItem call");
    }
    Snapshot snapshot = committer.snapshot();
    distinct(reads, snapshot, "Provided list of item keys contains duplicates");
    return reads.stream().map(read -> found(read, snapshot)).toList();
  }

  private static void distinct(List<Read> reads, Snapshot snapshot, String refusal) {
    var distinct = new Transactions.Distinct(refusal);
    for (Read read : reads) {
      TableLayout layout = snapshot.table(read.table()).layout();
      distinct.add(read.table(), KeyCheck.key(layout, read.key()));
    }
  }

  /**
   * Reads up to 100 rows as of one moment, in the order of the reads.
   *
   * @throws TransactionCanceledException if the key of a read does not fit its table
   */
  public List<Found> transactGet(List<Read> reads) {
    Transactions.parts(reads.size());
    Snapshot snapshot = committer.snapshot();
    reads.forEach(read -> Projection.of(read.projection(), snapshot.table(read.table()).layout()));
    Transactions.keys(reads, snapshot);
    distinct(reads, snapshot, Transactions.ONE_ROW_TWICE);
    List<Found> found = reads.stream().map(read -> found(read, snapshot)).toList();
    Transactions.bytes(
        found.stream().map(Found::item).flatMap(Optional::stream).mapToLong(ItemSize::of).sum());
    return found;
  }

  /** Reads one page of a query. */
  public EvaluatedPage query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    return Queries.query(committer.snapshot().table(table), query, exclusiveStartKey);
  }

  /** Reads one page of a scan of a part of the table. */
  public EvaluatedPage scan(TableModel table, Scan scan, Segment segment, Optional<Item> exclusiveStartKey) {
    return Queries.scan(committer.snapshot().table(table), scan, segment, exclusiveStartKey);
  }

  /** Returns the attributes of a row that paths lead to, as a projection returns them. */
  public Item project(TableModel table, List<Attribute> paths, Item row) {
    return Projection.of(paths, committer.snapshot().table(table).layout()).of(row);
  }

  /** Returns the size of a table, or of one of its indexes. It walks over all rows. */
  public TableSize size(TableModel table, Optional<String> index) {
    TableRows rows = committer.snapshot().table(table);
    SortedRows sorted = index.map(name -> rows.index(name).rows()).orElse(rows.rows());
    long[] bytes = {0};
    sorted.visit(KeyRange.ALL, false, (_, row) -> {
      bytes[0] += row.size();
      return true;
    });
    return new TableSize(sorted.size(), bytes[0]);
  }
}
