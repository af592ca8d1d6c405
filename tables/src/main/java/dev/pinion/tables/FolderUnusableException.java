package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder of tables that the system does not let this process use, or whose rows do not fit into its memory. */
final class FolderUnusableException extends TablesException {
  private static final long serialVersionUID = 1L;

  FolderUnusableException(Path folder, IOException cause) {
    super(folder, "The tables cannot be kept in " + folder + ": " + reason(cause)
        + ". Make the folder writable, or keep them elsewhere: --data FOLDER");
    initCause(cause);
  }

  FolderUnusableException(Path folder, long bytes, OutOfMemoryError cause) {
    super(folder, LowMemory.open(folder.toString(), bytes));
    initCause(cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> missing.getFile() + " cannot be created";
      case FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
      case FileSystemException other -> other.getFile() + (other.getReason() == null ? "" : ": " + other.getReason());
      default -> String.valueOf(cause.getMessage());
    };
  }
}
