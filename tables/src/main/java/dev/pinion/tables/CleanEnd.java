package dev.pinion.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How long the tables' file was when it was closed, noted in a file beside it: the engine opens a file that has been
 * cut off since as it was at some time before, without a word. There is no note while the file is open or after a
 * crash.
 */
final class CleanEnd {
  private static final String FILE = "tables.length";

  private CleanEnd() {}

  /** Notes the length of a file that has been closed. */
  static void write(Path folder, Path file) {
    try {
      Files.writeString(folder.resolve(FILE), Long.toString(Files.size(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a file that is to be opened; null for none. */
  static @Nullable String problem(Path folder, Path file) throws IOException {
    Path note = folder.resolve(FILE);
    if (!Files.exists(note)) {
      return null;
    }
    String noted = Files.readString(note).strip();
    long length = Files.exists(file) ? Files.size(file) : 0;
    return noted.equals(Long.toString(length))
        ? null
        : file.getFileName() + " has " + length + " bytes, not the " + noted + " it was closed with";
  }

  /** The file changes from now on. */
  static void forget(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
