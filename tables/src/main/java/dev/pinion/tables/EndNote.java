package dev.pinion.tables;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The note of where the last acknowledged commit of a {@link LogFile} ends, in the file's head. Odd and even commits
 * have a place each, so that a note that was being written when the power failed leaves the one before it.
 *
 * @param sequence how many commits the file has
 * @param length the file's length at the end of the last one
 */
record EndNote(long sequence, long length) {
  /** How many bytes a note takes. */
  static final int BYTES = 20;

  /** Where the first commit begins. */
  static final int FIRST_COMMIT = 4096;

  private static final byte[] MAGIC = "pinion tables 2\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ODD = 512;
  private static final int EVEN = 1024;

  /** Returns where a commit's end is noted. */
  static int position(long sequence) {
    return (sequence & 1) == 1 ? ODD : EVEN;
  }

  /** Writes a note, ready to be read. */
  static void write(ByteBuffer note, long sequence, long length) {
    note.clear().putLong(sequence).putLong(length);
    note.putInt(checksum(sequence, length)).flip();
  }

  private static int checksum(long sequence, long length) {
    CRC32C checksum = new CRC32C();
    checksum.update(MAGIC);
    checksum.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(sequence).putLong(length).flip());
    return (int) checksum.getValue();
  }

  /** Returns the head of a file without commits. */
  static byte[] newHead() {
    byte[] head = Arrays.copyOf(MAGIC, FIRST_COMMIT);
    write(ByteBuffer.wrap(head, EVEN, BYTES).slice(), 0, FIRST_COMMIT);
    return head;
  }

  /** Returns the last note in a file's head; null when the head is damaged. */
  static @Nullable EndNote last(byte[] head) {
    if (head.length < FIRST_COMMIT || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return null;
    }
    EndNote odd = at(head, ODD);
    EndNote even = at(head, EVEN);
    if (odd == null || even == null) {
      return odd == null ? even : odd;
    }
    return odd.sequence > even.sequence ? odd : even;
  }

  private static @Nullable EndNote at(byte[] head, int position) {
    ByteBuffer note = ByteBuffer.wrap(head, position, BYTES);
    long sequence = note.getLong();
    long length = note.getLong();
    return note.getInt() == checksum(sequence, length) ? new EndNote(sequence, length) : null;
  }
}
