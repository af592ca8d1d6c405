package dev.pinion.sim;

import java.nio.file.Path;

/** A folder of tables that cannot be used as it is. The message names the folder and says what to do. */
public abstract sealed class TablesException extends RuntimeException
    permits FolderInUseException, FolderDamagedException, SchemaChangedException {
  private static final long serialVersionUID = 1L;

  private final transient Path folder;

  TablesException(Path folder, String message, @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
    this.folder = folder;
  }

  /** The folder. */
  public final Path folder() {
    return folder;
  }
}
