package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a user's files, from the exceptions that they cause. */
final class FileTrouble {
  private FileTrouble() {}

  /**
   * Returns the reason for an exception that files of the user's machine caused, such as {@code /out: permission
   * denied}; empty for other exceptions, which are bugs.
   */
  static Optional<String> of(Throwable thrown) {
    for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
      Optional<String> reason = each instanceof IOException failure ? reason(failure) : Optional.empty();
      if (reason.isPresent()) return reason;
    }
    return Optional.empty();
  }

  private static Optional<String> reason(IOException failure) {
    return switch (failure) {
      case FileSystemException file -> Optional.of(place(file) + reason(file));
      case ZipException zip -> Optional.of("a jar is broken: " + zip.getMessage());
      default -> isFull(failure.getMessage()) ? Optional.of(String.valueOf(failure.getMessage())) : Optional.empty();
    };
  }

  private static String place(FileSystemException failure) {
    return failure.getFile() == null ? "" : failure.getFile() + ": ";
  }

  private static String reason(FileSystemException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case NotDirectoryException _ -> "not a folder";
      case FileAlreadyExistsException _ -> "exists and is not a folder";
      case DirectoryNotEmptyException _ -> "the folder is not empty";
      case FileSystemLoopException _ -> "links lead in a circle";
      default -> failure.getReason() == null ? "cannot be used (" + failure.getClass().getSimpleName() + ")"
          : failure.getReason();
    };
  }

  private static boolean isFull(@Nullable String message) {
    return message != null && (message.contains("No space left") || message.contains("Disk quota exceeded"));
  }
}
