package dev.pinion.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage to a tables' file, of the kinds that disks, power failures and people cause. */
final class RandomDamage {
  private static final int[] BLOCKS = {1, 16, 512, 4096};

  private final Random random;
  private final byte[] whole;
  private final List<byte[]> older;

  /**
   * Creates damage to a file.
   *
   * @param older the file at earlier moments
   */
  RandomDamage(Random random, byte[] whole, List<byte[]> older) {
    this.random = random;
    this.whole = whole;
    this.older = older;
  }

  /**
   * A damaged file.
   *
   * @param how what was done to it
   * @param isHeadOlder whether its head is an older one, so that nothing in the file names the last commit
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Damaged(String how, byte[] bytes, boolean isHeadOlder) {}

  /** Returns a file with one kind of damage. */
  Damaged next() {
    byte[] bytes = whole.clone();
    int block = BLOCKS[random.nextInt(BLOCKS.length)];
    int from = random.nextInt((bytes.length - 1) / block + 1) * block;
    int to = Math.min(bytes.length, from + block * random.nextInt(1, 11));
    return switch (random.nextInt(9)) {
      case 0 -> new Damaged("cut off at " + from, Arrays.copyOf(bytes, from), false);
      case 1 -> {
        Arrays.fill(bytes, from, to, (byte) 0);
        yield new Damaged("zeros from " + from + " to " + to, bytes, false);
      }
      case 2 -> flipped(bytes);
      case 3 -> copied(bytes, from, to, random.nextInt((bytes.length - 1) / block + 1) * block);
      case 4 -> new Damaged("from " + from + " to " + to + " twice",
          concat(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length)), false);
      case 5 -> new Damaged("nothing from " + from + " to " + to,
          concat(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length)), false);
      case 6 -> olderHead(bytes);
      case 7 -> olderHead(Arrays.copyOf(bytes, Math.max(from, EndNote.FIRST_COMMIT)));
      default -> powerFailure();
    };
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private Damaged flipped(byte[] bytes) {
    int count = random.nextInt(1, 4);
    StringBuilder how = new StringBuilder("flipped bits of");
    for (int i = 0; i < count; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      how.append(' ').append(at);
    }
    return new Damaged(how.toString(), bytes, false);
  }

  private static Damaged copied(byte[] bytes, int from, int to, int target) {
    int length = Math.min(to - from, bytes.length - target);
    System.arraycopy(bytes.clone(), from, bytes, target, length);
    return new Damaged(length + " bytes of " + from + " at " + target, bytes, false);
  }

  private Damaged olderHead(byte[] bytes) {
    int at = random.nextInt(older.size());
    System.arraycopy(older.get(at), 0, bytes, 0, EndNote.FIRST_COMMIT);
    return new Damaged("head " + at + " on " + bytes.length + " bytes", bytes, true);
  }

  /** The disk has all blocks as they were once, and any of those that were written later, in any order. */
  private Damaged powerFailure() {
    int at = random.nextInt(older.size());
    byte[] synced = older.get(at);
    int length = random.nextInt(synced.length, whole.length + 1);
    byte[] bytes = Arrays.copyOf(synced, length);
    int percent = random.nextInt(101);
    boolean head = false;
    for (int from = 0; from < length; from += EndNote.FIRST_COMMIT) {
      if (random.nextInt(100) < percent) {
        System.arraycopy(whole, from, bytes, from, Math.min(EndNote.FIRST_COMMIT, length - from));
        head |= from == 0;
      }
    }
    return new Damaged("power failure after " + at + ", " + length + " bytes, " + percent + " %", bytes, !head);
  }
}
