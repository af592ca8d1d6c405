package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds, by a hash of its content. As long as size, dates and identity stay the same, it is not read again,
 * unless it was changed so shortly before that another change might have the same date.
 *
 * @param content the hash; of a large file its size and date instead
 * @param size its size in bytes
 * @param modified its date of change, in nanoseconds
 * @param identity what the file system calls it
 * @param changed when it was changed in any way, which nobody can set; empty where the file system does not know
 * @param settled whether its date was old enough to rely on it
 */
record FileStamp(String content, long size, long modified, String identity, String changed, boolean settled) {
  /** Reading what is larger, such as a library, takes longer than a needless reload. */
  private static final long MOST_READ = 4L << 20;
  /** How coarse the dates of the file systems in use are at most. */
  private static final long COARSE_SECONDS = 3;
  private static final int HASH_BYTES = 16;

  /**
   * Looks at a file.
   *
   * @param before what it was when it was looked at the last time; null if it was not
   * @throws IOException if it does not exist, or cannot be read
   */
  static FileStamp of(Path file, BasicFileAttributes attributes, @Nullable FileStamp before) throws IOException {
    long size = attributes.size();
    long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    String identity = String.valueOf(attributes.fileKey());
    String changed = CacheKey.changed(file);
    if (before != null && before.settled && before.size == size && before.modified == modified
        && before.identity.equals(identity) && before.changed.equals(changed)) {
      return before;
    }
    boolean settled =
        attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minusSeconds(COARSE_SECONDS));
    return new FileStamp(content(file, size, modified), size, modified, identity, changed, settled);
  }

  /** Looks at a file without reading it. */
  static FileStamp unread(Path file, BasicFileAttributes attributes) {
    return new FileStamp("", attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        String.valueOf(attributes.fileKey()), CacheKey.changed(file), false);
  }

  /** Returns whether it is still the same file, by size, dates and identity. */
  boolean isUntouched(FileStamp later) {
    return size == later.size && modified == later.modified && identity.equals(later.identity)
        && changed.equals(later.changed);
  }

  /** Returns whether the file was changed in any way at a time or later. */
  boolean isSince(Instant time) {
    return modified >= FileTime.from(time).to(TimeUnit.NANOSECONDS)
        || (!changed.isEmpty() && !Instant.parse(changed).isBefore(time));
  }

  private static String content(Path file, long size, long modified) throws IOException {
    if (size > MOST_READ) return size + " " + modified;
    return HexFormat.of().formatHex(CacheKey.hash(Files.readAllBytes(file)), 0, HASH_BYTES);
  }
}
