package dev.pinion;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which rows of a whole table to read, in no promised order. Immutable; each method gives a changed copy.
 *
 * @param index the global secondary index to read, the table itself when empty
 * @param filter what must be true of a row; rows that it drops are read, and paid for, all the same
 * @param projection the attributes to return, all when empty
 * @param limit how many rows to return at most
 * @param consistent whether to read what has been written last; not on an index
 */
public record Scan(
    Optional<String> index,
    Optional<Condition> filter,
    List<Attribute> projection,
    OptionalInt limit,
    boolean consistent) {

  public Scan {
    projection = List.copyOf(projection);
    Query.atLeastOne(limit);
  }

  /** All rows of the table. */
  public static Scan all() {
    return new Scan(
        Optional.empty(), Optional.empty(), List.of(), OptionalInt.empty(), false);
  }

  /** The same on a global secondary index, by its name: the rows that have the index's keys. */
  public Scan index(String name) {
    return new Scan(Optional.of(name), filter, projection, limit, consistent);
  }

  /** Only the rows that meet a condition. */
  public Scan filter(Condition condition) {
    return new Scan(index, Optional.of(condition), projection, limit, consistent);
  }

  /** Only some attributes of each row. */
  public Scan project(Attribute... attributes) {
    return new Scan(index, filter, List.of(attributes), limit, consistent);
  }

  /**
   * At most so many rows, counted after the filter.
   *
   * @throws IllegalArgumentException for fewer than 1
   */
  public Scan first(int rows) {
    return new Scan(index, filter, projection, OptionalInt.of(rows), consistent);
  }

  /** What has been written last ({@code ConsistentRead}). */
  public Scan consistently() {
    return new Scan(index, filter, projection, limit, true);
  }

  Scan unlimited() {
    return new Scan(index, filter, projection, OptionalInt.empty(), consistent);
  }
}
