package dev.pinion.tables;

import java.nio.file.Path;

/** A folder that another run has open. */
final class FolderInUseException extends TablesException {
  private static final long serialVersionUID = 1L;

  /**
   * An error about a folder.
   *
   * @param holder who has it open, such as {@code process 4711 (java)}
   */
  FolderInUseException(Path folder, Kept kept, String holder) {
    super(
        folder,
        "The " + kept + " in " + folder + " are in use by " + holder
            + ": stop it, or keep the " + kept + " of this run elsewhere: --data FOLDER");
  }
}
