package dev.pinion.sim;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A deduplication id that a queue remembers, as 16 bytes of its digest: an id may have 128 characters.
 *
 * @param messageId that of the message that was sent with it
 * @param until until when it is remembered, in milliseconds since the epoch
 */
record RememberedId(long high, long low, UUID messageId, long until) {
  private static final int BYTES = 5 * Long.BYTES;

  static RememberedId of(String deduplicationId, UUID messageId, long until) {
    try {
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(deduplicationId.getBytes(UTF_8)));
      return new RememberedId(digest.getLong(), digest.getLong(), messageId, until);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("each JVM has SHA-256", e);
    }
  }

  /**
   * Returns many of them as one text.
   *
   * @param due until when they all are remembered, at the latest: the text says how much earlier each of them ends
   */
  static String text(List<RememberedId> ids, long due) {
    ByteBuffer bytes = ByteBuffer.allocate(ids.size() * BYTES);
    for (RememberedId each : ids) {
      bytes.putLong(each.high).putLong(each.low).putLong(each.messageId.getMostSignificantBits())
          .putLong(each.messageId.getLeastSignificantBits()).putLong(due - each.until);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Returns those of a {@link #text}. */
  static List<RememberedId> all(String text, long due) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    List<RememberedId> ids = new ArrayList<>(bytes.remaining() / BYTES);
    while (bytes.hasRemaining()) {
      ids.add(
          new RememberedId(
              bytes.getLong(), bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()), due - bytes.getLong()));
    }
    return ids;
  }
}
