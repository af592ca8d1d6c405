package dev.pinion.tables;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder of tables whose files cannot be read. */
final class FolderDamagedException extends TablesException {
  private static final long serialVersionUID = 1L;

  FolderDamagedException(Path folder, String problem, @Nullable Throwable cause) {
    super(
        folder,
        "The tables in "
            + folder
            + " cannot be read ("
            + problem
            + "): start with --fresh to delete all rows, or bring the folder back from a copy.",
        cause);
  }
}
