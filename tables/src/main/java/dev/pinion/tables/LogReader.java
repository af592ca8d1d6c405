package dev.pinion.tables;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the commits of a {@link LogFile} and checks that every acknowledged one is there. */
final class LogReader {
  private static final int BUFFER = 1 << 18;
  private static final int LONGEST = 1 << 27;

  private LogReader() {}

  /** Receives commits. */
  @FunctionalInterface
  interface Commits {
    /**
     * A commit was read.
     *
     * @param at where its content begins in the file
     */
    void commit(long at, byte[] content);
  }

  /**
   * What was read of a file.
   *
   * @param sequence how many commits are whole, from the beginning
   * @param length the file's length at the end of the last whole one
   * @param acknowledged the last acknowledged commit's end; null when the file's head is damaged
   * @param more whether more stands behind the last whole commit than the part of one commit
   */
  record End(long sequence, long length, @Nullable EndNote acknowledged, boolean more) {
    /** Returns what is wrong with the file; null for nothing. */
    @Nullable
    String damage() {
      if (acknowledged == null) {
        return "the head of the file is damaged";
      } else if (sequence < acknowledged.sequence()) {
        return "commit " + (sequence + 1) + " of " + acknowledged.sequence() + ", at byte " + length
            + ", is damaged or missing";
      }
      return null;
    }

    /**
     * Returns whether acknowledged commits may be missing although nothing proves it. A process that ends leaves at
     * most one commit behind the last note, whole or in part. More is there when the head is older than the rest.
     */
    boolean mayLack() {
      return more || (acknowledged != null && sequence > acknowledged.sequence() + 1);
    }
  }

  /**
   * Reads a file from its beginning to the first commit that is not whole.
   *
   * @param commits receives each commit
   */
  static End read(Path file, Commits commits) throws IOException {
    long size = Files.size(file);
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      EndNote acknowledged = EndNote.last(in.readNBytes(EndNote.FIRST_COMMIT));
      long at = EndNote.FIRST_COMMIT;
      long sequence = 0;
      boolean more = false;
      while (size - at >= Commit.HEAD) {
        int length = in.readInt();
        int checksum = in.readInt();
        if (length < 0 || length > LONGEST || length > size - at - Commit.HEAD) {
          more = length < 0 || length > LONGEST;
          break;
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length || Commit.checksum(sequence + 1, ByteBuffer.wrap(content)) != checksum) {
          more = content.length == length;
          break;
        }
        commits.commit(at + Commit.HEAD, content);
        sequence++;
        at += Commit.HEAD + length;
      }
      return new End(sequence, Math.min(at, Math.max(size, EndNote.FIRST_COMMIT)), acknowledged, more);
    }
  }
}
