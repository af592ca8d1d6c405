package dev.pinion;

import dev.pinion.Condition.Comparison;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which rows of one hash key to read, in the order of their range keys. Immutable; each method gives a changed copy.
 *
 * @param hash the hash key's value
 * @param range which range keys, all when empty
 * @param index the global secondary index to read, the table itself when empty
 * @param filter what else must be true of a row; rows that it drops are read, and paid for, all the same
 * @param projection the attributes to return, all when empty
 * @param descending whether the largest range key comes first
 * @param limit how many rows to return at most
 * @param consistent whether to read what has been written last; not on an index
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

  /** All rows with a hash key. */
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

  /** The row whose range key equals a value. */
  public Query rangeEqualTo(Object value) {
    return compared(Comparison.EQ, value);
  }

  /** The rows before a range key. */
  public Query rangeLessThan(Object value) {
    return compared(Comparison.LT, value);
  }

  /** The rows up to a range key, this one included. */
  public Query rangeAtMost(Object value) {
    return compared(Comparison.LE, value);
  }

  /** The rows after a range key. */
  public Query rangeGreaterThan(Object value) {
    return compared(Comparison.GT, value);
  }

  /** The rows from a range key on, this one included. */
  public Query rangeAtLeast(Object value) {
    return compared(Comparison.GE, value);
  }

  /** The rows between two range keys, both included. */
  public Query rangeBetween(Object low, Object high) {
    return with(new Range.Between(AttributeValue.of(low), AttributeValue.of(high)));
  }

  /** The rows whose range key begins so. */
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

  /** The same on a global secondary index, by its name. */
  public Query index(String name) {
    return new Query(
        hash, range, Optional.of(name), filter, projection, descending, limit, consistent);
  }

  /** Only the rows that meet a condition. */
  public Query filter(Condition condition) {
    return new Query(
        hash, range, index, Optional.of(condition), projection, descending, limit, consistent);
  }

  /** Only some attributes of each row. */
  public Query project(Attribute... attributes) {
    return new Query(
        hash, range, index, filter, List.of(attributes), descending, limit, consistent);
  }

  /** The largest range key first. */
  public Query backwards() {
    return new Query(hash, range, index, filter, projection, true, limit, consistent);
  }

  /**
   * At most so many rows, counted after the filter.
   *
   * @throws IllegalArgumentException for fewer than 1
   */
  public Query first(int rows) {
    return new Query(
        hash, range, index, filter, projection, descending, OptionalInt.of(rows), consistent);
  }

  /** What has been written last ({@code ConsistentRead}). */
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
