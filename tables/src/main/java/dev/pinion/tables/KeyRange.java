package dev.pinion.tables;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys from one to another, in the order of their unsigned bytes.
 *
 * @param from the first key that may belong to the range; no bound when null
 * @param to the first key behind the range; no bound when null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
  static final KeyRange ALL = new KeyRange(null, null);

  /** All keys that begin with a prefix. */
  static KeyRange startingWith(byte[] prefix) {
    return new KeyRange(prefix, behind(prefix));
  }

  /** What is left of the range for a reading that has got as far as a key. */
  KeyRange continued(byte[] lastKey, boolean descending) {
    return descending
        ? new KeyRange(from, lastKey)
        : new KeyRange(Arrays.copyOf(lastKey, lastKey.length + 1), to);
  }

  boolean contains(byte[] key) {
    return (from == null || Arrays.compareUnsigned(key, from) >= 0)
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }

  /** The first key behind all those that begin with a prefix; no bound when null. */
  static byte @Nullable [] behind(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] next = Arrays.copyOf(prefix, length);
    next[length - 1]++;
    return next;
  }
}
