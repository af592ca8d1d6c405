package dev.pinion.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/**
 * The deduplication ids of one queue in memory, 53 to 107 bytes for each. Those that end within the same seconds are
 * forgotten together, and found no longer once each of them has ended. One thread at a time.
 */
final class RememberedIds {
  /** The most bytes for each. */
  static final int MOST_BYTES = 107;

  /** In milliseconds. */
  private static final long SLICE = 10_000;

  /** The oldest first. */
  private final Deque<Slice> slices = new ArrayDeque<>();

  void add(RememberedId id) {
    if (id.until() <= 0) return; // it has ended
    Slice last = slices.peekLast();
    if (last == null || id.until() >= last.from + SLICE) {
      last = new Slice(id.until());
      slices.add(last);
    }
    last.add(id);
  }

  /** Returns the id of the message with the same deduplication id, if that is still remembered. */
  Optional<UUID> find(RememberedId id, long now) {
    for (Iterator<Slice> each = slices.descendingIterator(); each.hasNext();) {
      Slice slice = each.next();
      int found = slice.find(id.high(), id.low());
      if (found >= 0 && slice.until(found) > now) return Optional.of(slice.messageId(found));
    }
    return Optional.empty();
  }

  void forget(long now) {
    while (!slices.isEmpty() && slices.getFirst().last <= now) slices.removeFirst();
  }

  /** Returns how many there are in memory. */
  long size() {
    return slices.stream().mapToLong(each -> each.size).sum();
  }

  /** A hash table of ids that end within some seconds: digests are evenly spread already. */
  private static final class Slice {
    private static final int LONGS = 5;

    final long from;
    /** When the last one ends. */
    long last = Long.MIN_VALUE;
    private long[] table = new long[16 * LONGS];
    private int size;

    Slice(long from) {
      this.from = from;
    }

    void add(RememberedId id) {
      if (4 * (size + 1) > 3 * (table.length / LONGS)) grow();
      int at = free(table, id.high());
      table[at] = id.high();
      table[at + 1] = id.low();
      table[at + 2] = id.messageId().getMostSignificantBits();
      table[at + 3] = id.messageId().getLeastSignificantBits();
      table[at + 4] = id.until();
      last = Math.max(last, id.until());
      size++;
    }

    private void grow() {
      long[] larger = new long[2 * table.length];
      for (int at = 0; at < table.length; at += LONGS) {
        if (!isFree(table, at)) System.arraycopy(table, at, larger, free(larger, table[at]), LONGS);
      }
      table = larger;
    }

    /** Returns where an id is; negative if it is not there. */
    int find(long high, long low) {
      for (int at = begin(table, high);; at = next(table, at)) {
        if (isFree(table, at)) return -1;
        if (table[at] == high && table[at + 1] == low) return at;
      }
    }

    UUID messageId(int at) {
      return new UUID(table[at + 2], table[at + 3]);
    }

    long until(int at) {
      return table[at + 4];
    }

    private static int free(long[] table, long high) {
      int at = begin(table, high);
      while (!isFree(table, at)) at = next(table, at);
      return at;
    }

    /** Each id has a time at which it ends. */
    private static boolean isFree(long[] table, int at) {
      return table[at + 4] == 0;
    }

    private static int begin(long[] table, long high) {
      return (int) Long.remainderUnsigned(high, table.length / LONGS) * LONGS;
    }

    private static int next(long[] table, int at) {
      return at + LONGS == table.length ? 0 : at + LONGS;
    }
  }
}
