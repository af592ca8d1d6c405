package dev.pinion;

import dev.pinion.Condition.Comparison;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A query: which rows with one hash key to read, in the order of their range keys. Immutable; each method returns a
 * changed copy.
 *
 * @param hash the value of the hash key
 * @param range a condition on the range key; all rows if empty
 * @param index the global secondary index to read; the table itself if empty
 * @param filter a condition on the rows to return; rows that it drops have been read already, and so are paid for
 * @param projection the attributes to return; all if empty
 * @param descending whether the largest range key comes first
 * @param limit the maximum number of rows to return
 * @param consistent whether the query must see the last write; not possible on an index
 */
public record Query(
    AttributeValue hash,
    Optional<Range> range,
    Optional<String> index,
    Optional<Condition> filter,
    List<Attribute> projection,
    boolean descending,
    OptionalInt limit,
    boolean consistent) {

  public Query {
    projection = List.copyOf(projection);
    atLeastOne(limit);
  }

  /** Creates a query for all rows with a hash key. */
  public static Query hashKey(Object value) {
    return new Query(
        AttributeValue.of(value),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        OptionalInt.empty(),
        false);
  }

  /** Reads the row whose range key equals a value. */
  public Query rangeEqualTo(Object value) {
    return compared(Comparison.EQ, value);
  }

  /** Reads the rows with smaller range keys. */
  public Query rangeLessThan(Object value) {
    return compared(Comparison.LT, value);
  }

  /** Reads the rows with range keys up to and including a value. */
  public Query rangeAtMost(Object value) {
    return compared(Comparison.LE, value);
  }

  /** Reads the rows with larger range keys. */
  public Query rangeGreaterThan(Object value) {
    return compared(Comparison.GT, value);
  }

  /** Reads the rows with range keys from a value on, including it. */
  public Query rangeAtLeast(Object value) {
    return compared(Comparison.GE, value);
  }

  /** Reads the rows with range keys between two values, including both. */
  public Query rangeBetween(Object low, Object high) {
    return with(new Range.Between(AttributeValue.of(low), AttributeValue.of(high)));
  }

  /** Reads the rows whose range key begins with a prefix. */
  public Query rangeBeginsWith(Object prefix) {
    return with(new Range.BeginsWith(AttributeValue.of(prefix)));
  }

  private Query compared(Comparison comparison, Object value) {
    return with(new Range.Compared(comparison, AttributeValue.of(value)));
  }

  private Query with(Range narrower) {
    return new Query(
        hash, Optional.of(narrower), index, filter, projection, descending, limit, consistent);
  }

  /** Reads a global secondary index instead of the table. */
  public Query index(String name) {
    return new Query(
        hash, range, Optional.of(name), filter, projection, descending, limit, consistent);
  }

  /** Returns only rows that meet a condition. */
  public Query filter(Condition condition) {
    return new Query(
        hash, range, index, Optional.of(condition), projection, descending, limit, consistent);
  }

  /** Returns only some attributes of each row. */
  public Query project(Attribute... attributes) {
    return new Query(
        hash, range, index, filter, List.of(attributes), descending, limit, consistent);
  }

  /** Returns the rows in reverse order, the largest range key first. */
  public Query backwards() {
    return new Query(hash, range, index, filter, projection, true, limit, consistent);
  }

  /**
   * Returns at most a number of rows, counted after the filter.
   *
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Query first(int rows) {
    return new Query(
        hash, range, index, filter, projection, descending, OptionalInt.of(rows), consistent);
  }

  /** Sees the last write ({@code ConsistentRead}). */
  public Query consistently() {
    return new Query(hash, range, index, filter, projection, descending, limit, true);
  }

  static void atLeastOne(OptionalInt limit) {
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw new IllegalArgumentException("a limit is 1 row or more, not " + limit.getAsInt());
    }
  }

  Query unlimited() {
    return new Query(
        hash, range, index, filter, projection, descending, OptionalInt.empty(), consistent);
  }
}
