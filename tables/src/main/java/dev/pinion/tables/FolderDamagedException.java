package dev.pinion.tables;

import java.nio.file.Path;

/** A folder that lacks acknowledged commits, or has another form. */
final class FolderDamagedException extends TablesException {
  private static final long serialVersionUID = 1L;

  /**
   * An error about a folder.
   *
   * @param remedy what can be done besides the usual, followed by a comma; empty for nothing
   */
  FolderDamagedException(Path folder, Kept kept, String problem, String remedy) {
    super(
        folder,
        "The " + kept + " in " + folder + " cannot be read: " + problem + ". Restore the folder from a copy, " + remedy
            + "or start with --fresh to delete all " + kept.parts() + ".");
  }
}
