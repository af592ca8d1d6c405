package dev.pinion.spi;

import dev.pinion.ChangeHandler;

/**
 * The handler of a table's changes.
 *
 * @param path its identity: the table's id, and {@code /changes}
 * @param table the table's id
 */
public record ChangeModel(
    String path, String table, ChangeHandler handler, FunctionModel options, SourceLocation location)
    implements HandlerModel {
  /** How many changes a call of the function gets at most. */
  public static final int BATCH_SIZE = 10;

  /** How often a change that has failed is tried again. */
  public static final int RETRIES = 4;
}
