package dev.pinion.tables;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A folder that the system does not let this process use, or whose content does not fit into its memory. */
final class FolderUnusableException extends TablesException {
  private static final long serialVersionUID = 1L;

  FolderUnusableException(Path folder, Kept kept, IOException cause) {
    super(folder, "The " + kept + " cannot be kept in " + folder + ": " + reason(cause)
        + ". Make the folder writable, or keep them elsewhere: --data FOLDER");
    initCause(cause);
  }

  FolderUnusableException(Path folder, Kept kept, long bytes, OutOfMemoryError cause) {
    super(folder, LowMemory.open(folder.toString(), kept, bytes));
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
