package dev.pinion.spi;

import dev.pinion.ChangeHandler;

/**
 * The handler of a table's changes.
 *
 * @param path its identity: the table's id, and {@code /changes}
 * @param table the table's id
 * @param batching how changes are gathered into calls of the function
 */
public record ChangeModel(
    String path, String table, ChangeHandler handler, Batching batching, FunctionModel options, SourceLocation location)
    implements HandlerModel {
  /** How often a change that has failed is tried again. */
  public static final int RETRIES = 4;
}
