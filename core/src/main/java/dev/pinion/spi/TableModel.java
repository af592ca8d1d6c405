package dev.pinion.spi;

import dev.pinion.AttributeType;
import java.util.List;
import java.util.Optional;

/**
 * A DynamoDB table of an app.
 *
 * @param id the id given by the app, unique among the app's resources
 * @param hashKey the hash key, DynamoDB's partition key
 * @param rangeKey the range key, DynamoDB's sort key, which orders the rows of one hash key
 * @param indexes the global secondary indexes
 * @param timeToLive the attribute with the time, in seconds since the epoch, after which a row may be deleted
 * @param deletionProtection whether AWS refuses to delete the table
 * @param pointInTimeRecovery whether AWS can restore the table to any second of the last 35 days
 * @param onChange the handler of its changes; empty without one, and then it has no stream
 * @param location where it is declared
 */
public record TableModel(
    String id,
    KeyAttribute hashKey,
    Optional<KeyAttribute> rangeKey,
    List<IndexModel> indexes,
    Optional<String> timeToLive,
    boolean deletionProtection,
    boolean pointInTimeRecovery,
    Optional<ChangeModel> onChange,
    SourceLocation location)
    implements ResourceModel {

  /** A table whose changes nobody handles. */
  public TableModel(
      String id, KeyAttribute hashKey, Optional<KeyAttribute> rangeKey, List<IndexModel> indexes,
      Optional<String> timeToLive, boolean deletionProtection, boolean pointInTimeRecovery, SourceLocation location) {
    this(
        id, hashKey, rangeKey, indexes, timeToLive, deletionProtection, pointInTimeRecovery, Optional.empty(),
        location);
  }

  public TableModel {
    indexes = List.copyOf(indexes);
  }

  /** The same table with the handler of its changes. */
  public TableModel with(Optional<ChangeModel> handler) {
    return new TableModel(
        id, hashKey, rangeKey, indexes, timeToLive, deletionProtection, pointInTimeRecovery, handler, location);
  }

  @Override
  public List<ChangeModel> handlers() {
    return onChange.stream().toList();
  }

  /** Returns the index with a name. */
  public Optional<IndexModel> index(String name) {
    return indexes.stream().filter(index -> index.name().equals(name)).findFirst();
  }

  /** An attribute that is part of a key. */
  public record KeyAttribute(String name, AttributeType type) {}

  /** A global secondary index, which holds all attributes of the rows that have its keys. */
  public record IndexModel(String name, KeyAttribute hashKey, Optional<KeyAttribute> rangeKey) {}
}
