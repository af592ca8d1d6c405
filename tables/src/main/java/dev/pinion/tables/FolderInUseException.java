package dev.pinion.tables;

import java.nio.file.Path;

/** A folder of tables that another run has open. */
final class FolderInUseException extends TablesException {
  private static final long serialVersionUID = 1L;

  /**
   * An error about a folder.
   *
   * @param holder who has it open, such as {@code process 4711 (java)}
   */
  FolderInUseException(Path folder, String holder) {
    super(
        folder,
        "The tables in " + folder + " are in use by " + holder
            + ": stop it, or keep the tables of this run elsewhere: --data FOLDER");
  }
}
