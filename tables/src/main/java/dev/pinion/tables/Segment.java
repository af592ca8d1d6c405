package dev.pinion.tables;

/**
 * A part of a table for a parallel scan. Rows with the same hash key are in the same part.
 *
 * @param number the part, from 0
 * @param total how many parts there are
 */
public record Segment(int number, int total) {
  /** All rows. */
  public static final Segment ALL = new Segment(0, 1);

  public Segment {
    if (number < 0 || number >= total) {
      throw new IllegalArgumentException("segment " + number + " of " + total);
    }
  }

  /** Whether a row is in this part, by its key as bytes, which begins with the hash key and ends it with two zeros. */
  boolean contains(byte[] key) {
    if (total == 1) {
      return true;
    }
    int hash = 1;
    for (int i = 0; i + 1 < key.length && (key[i] != 0 || key[i + 1] != 0); i++) {
      hash = 31 * hash + key[i];
    }
    return Math.floorMod((hash * 0x9E3779B9) >>> 4, total) == number;
  }
}
