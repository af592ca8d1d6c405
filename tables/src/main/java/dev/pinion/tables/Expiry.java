package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.spi.TableModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows have outlived the time that their time-to-live attribute gives, in epoch seconds.
 *
 * <p>An attribute that is no number does not expire a row, nor does a time more than five years ago.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html">
 *     DynamoDB: computing time to live</a>
 */
final class Expiry {
  private static final long FIVE_YEARS = Duration.ofDays(5 * 365).toSeconds();

  private Expiry() {}

  /** An expired row, as it was found. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Expired(TableModel table, byte[] key, Row row) {
    /** Deletes the row, unless it has been changed since; whether it did. */
    @SuppressWarnings("ReferenceEquality") // another row with the same attributes is a change as well
    boolean delete(UncommittedWrite pending) {
      if (pending.get(table, key) != row) {
        return false;
      }
      pending.delete(table, key, true);
      return true;
    }
  }

  /** A table's rows that have expired. */
  static List<Expired> in(TableModel table, TableRows rows, Instant now) {
    List<Expired> expired = new ArrayList<>();
    table
        .timeToLive()
        .ifPresent(
            attribute -> rows.rows()
                .visit(
                    KeyRange.ALL,
                    false,
                    (key, row) -> {
                      if (row.attribute(attribute) instanceof AttributeValue.N(BigDecimal time)
                          && hasPassed(time, now)) {
                        expired.add(new Expired(table, key, row));
                      }
                      return true;
                    }));
    return expired;
  }

  private static boolean hasPassed(BigDecimal time, Instant now) {
    BigDecimal second = BigDecimal.valueOf(now.getEpochSecond());
    return time.compareTo(second) < 0
        && time.compareTo(second.subtract(BigDecimal.valueOf(FIVE_YEARS))) >= 0;
  }
}
