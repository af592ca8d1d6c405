package dev.pinion;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A scan: which rows of a whole table to read, in no particular order. Immutable; each method returns a changed copy.
 *
 * @param index the global secondary index to read; the table itself if empty
 * @param filter a condition on the rows to return; rows that it drops have been read already, and so are paid for
 * @param projection the attributes to return; all if empty
 * @param limit the maximum number of rows to return
 * @param consistent whether the scan must see the last write; not possible on an index
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

  /** Creates a scan of all rows of the table. */
  public static Scan all() {
    return new Scan(
        Optional.empty(), Optional.empty(), List.of(), OptionalInt.empty(), false);
  }

  /** Reads a global secondary index instead of the table: the rows that have the keys of the index. */
  public Scan index(String name) {
    return new Scan(Optional.of(name), filter, projection, limit, consistent);
  }

  /** Returns only rows that meet a condition. */
  public Scan filter(Condition condition) {
    return new Scan(index, Optional.of(condition), projection, limit, consistent);
  }

  /** Returns only some attributes of each row. */
  public Scan project(Attribute... attributes) {
    return new Scan(index, filter, List.of(attributes), limit, consistent);
  }

  /**
   * Returns at most a number of rows, counted after the filter.
   *
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Scan first(int rows) {
    return new Scan(index, filter, projection, OptionalInt.of(rows), consistent);
  }

  /** Sees the last write ({@code ConsistentRead}). */
  public Scan consistently() {
    return new Scan(index, filter, projection, limit, true);
  }

  Scan unlimited() {
    return new Scan(index, filter, projection, OptionalInt.empty(), consistent);
  }
}
