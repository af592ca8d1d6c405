package dev.pinion.tables;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A folder of tables or messages that cannot be used as it is. The message names the folder and says what to do. */
abstract sealed class TablesException extends FileSystemException
    permits FolderInUseException, FolderDamagedException, FolderUnusableException, SchemaChangedException {
  private static final long serialVersionUID = 1L;

  private final String message;

  TablesException(Path folder, String message) {
    super(folder.toString());
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
