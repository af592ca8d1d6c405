package dev.pinion.spi;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A cron expression of EventBridge: minutes, hours, day of month, month, day of week, year. Immutable.
 *
 * <p>When clocks are set ahead, times that do not exist are left out. When they are set back, a time that exists twice
 * counts once; that this is the first of the two is an assumption.
 *
 * <p>Source: EventBridge Scheduler user guide, "Schedule types".
 */
public final class CronExpression {
  private static final int FIELDS = 6;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final CronField MINUTES = new CronField("minutes", 0, 59, List.of());
  private static final CronField HOURS = new CronField("hours", 0, 23, List.of());
  private static final CronField MONTH = new CronField("month", 1, 12, MONTHS);
  private static final CronField YEARS = new CronField("year", FIRST_YEAR, LAST_YEAR, List.of());

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet months;
  private final BitSet years;
  private final CronDays days;

  private CronExpression(List<String> fields) {
    minutes = MINUTES.read(fields.get(0));
    hours = HOURS.read(fields.get(1));
    months = MONTH.read(fields.get(3));
    days = CronDays.read(fields.get(2), fields.get(4));
    years = YEARS.read(fields.get(5));
  }

  /**
   * Reads the six fields.
   *
   * @throws IllegalArgumentException if EventBridge would refuse them; the message says what to do
   */
  public static CronExpression parse(String text) {
    if (text.startsWith("cron(")) throw new IllegalArgumentException("write the six fields alone, without cron(...)");
    List<String> fields = List.of(text.strip().split("\\s+"));
    if (fields.size() == FIELDS) return new CronExpression(fields);
    throw new IllegalArgumentException(
        "it has " + fields.size() + (fields.size() == 1 ? " field" : " fields") + ", and AWS's have six: minutes hours"
            + " day-of-month month day-of-week year, such as 0 9 ? * MON-FRI *");
  }

  /** Returns whether there is any such time. */
  public boolean everOccurs() {
    return next(Instant.EPOCH.minusSeconds(1), ZoneOffset.UTC).isPresent();
  }

  /** Returns the first time after an instant, in a time zone; empty if there is none until the end of 2199. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    LocalDate day = LocalDate.ofInstant(after, zone);
    while (day.getYear() <= LAST_YEAR) {
      if (!years.get(day.getYear())) {
        int year = day.getYear() < FIRST_YEAR ? FIRST_YEAR : years.nextSetBit(day.getYear());
        if (year < 0) return Optional.empty();
        day = LocalDate.of(year, 1, 1);
      } else if (!months.get(day.getMonthValue())) {
        day = day.withDayOfMonth(1).plusMonths(1);
      } else {
        Optional<Instant> found = days.has(day) ? on(day, after, zone) : Optional.empty();
        if (found.isPresent()) return found;
        day = day.plusDays(1);
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> on(LocalDate day, Instant after, ZoneId zone) {
    for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
        LocalDateTime time = day.atTime(hour, minute);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        if (!offsets.isEmpty() && time.toInstant(offsets.getFirst()).isAfter(after)) {
          return Optional.of(time.toInstant(offsets.getFirst()));
        }
      }
    }
    return Optional.empty();
  }
}
