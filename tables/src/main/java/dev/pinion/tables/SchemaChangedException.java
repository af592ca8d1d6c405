package dev.pinion.tables;

import java.nio.file.Path;

/** A table with rows whose key the app has changed since. */
final class SchemaChangedException extends TablesException {
  private static final long serialVersionUID = 1L;

  SchemaChangedException(Path folder, String table, String before, String now) {
    super(
        folder,
        "The rows of table '"
            + table
            + "' in "
            + folder
            + " have another key ("
            + before
            + ") than the app declares ("
            + now
            + "): start with --fresh to delete all rows, or declare the key as it was.");
  }
}
