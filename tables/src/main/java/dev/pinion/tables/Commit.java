package dev.pinion.tables;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The bytes before each commit's content in a {@link LogFile}: the content's length, and a checksum. */
final class Commit {
  /** How many bytes these are. */
  static final int HEAD = 8;

  private Commit() {}

  /** Writes a head, ready to be read. The content's position stays. */
  static void head(ByteBuffer head, long sequence, ByteBuffer content) {
    head.clear().putInt(content.remaining()).putInt(checksum(sequence, content)).flip();
  }

  /** Returns the checksum of a commit. The content's position stays. */
  static int checksum(long sequence, ByteBuffer content) {
    CRC32C checksum = new CRC32C();
    checksum
        .update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(sequence).putInt(content.remaining()).flip());
    checksum.update(content.duplicate());
    return (int) checksum.getValue();
  }
}
