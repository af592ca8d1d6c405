package dev.pinion.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * When a schedule ticks. Immutable.
 *
 * <p>Source: EventBridge Scheduler user guide, "Schedule types".
 */
public sealed interface ScheduleExpression {

  /** Returns the expression as EventBridge Scheduler takes it, such as {@code rate(5 minutes)}. */
  String text();

  /** The time zone in which the expression is evaluated; empty for a rate. */
  Optional<String> timeZone();

  /**
   * Returns the first tick after an instant; empty if there is none.
   *
   * @param since when the schedule was created, from which a rate counts
   */
  Optional<Instant> next(Instant after, Instant since);

  /** A regular rate of whole minutes. */
  record Rate(Duration every) implements ScheduleExpression {
    @Override
    public String text() {
      long minutes = every.toMinutes();
      if (minutes % (24 * 60) == 0) return text(minutes / (24 * 60), "day");
      return minutes % 60 == 0 ? text(minutes / 60, "hour") : text(minutes, "minute");
    }

    private static String text(long value, String unit) {
      return "rate(" + value + " " + unit + (value == 1 ? ")" : "s)");
    }

    @Override
    public Optional<String> timeZone() {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> next(Instant after, Instant since) {
      if (after.isBefore(since)) return Optional.of(since);
      long passed = Duration.between(since, after).dividedBy(every);
      return Optional.of(since.plus(every.multipliedBy(passed + 1)));
    }

    @Override
    public String toString() {
      return text();
    }
  }

  /** The times of a cron expression, which has been checked, in a time zone. */
  record Cron(String fields, String zone) implements ScheduleExpression {
    @Override
    public String text() {
      return "cron(" + fields + ")";
    }

    @Override
    public Optional<String> timeZone() {
      return Optional.of(zone);
    }

    @Override
    public Optional<Instant> next(Instant after, Instant since) {
      return CronExpression.parse(fields).next(after, ZoneId.of(zone));
    }

    @Override
    public String toString() {
      return text() + " in " + zone;
    }
  }

  /** One time, in a time zone. */
  record At(LocalDateTime time, String zone) implements ScheduleExpression {
    @Override
    public String text() {
      return "at(" + DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(time) + ")";
    }

    @Override
    public Optional<String> timeZone() {
      return Optional.of(zone);
    }

    @Override
    public Optional<Instant> next(Instant after, Instant since) {
      return Optional.of(time.atZone(ZoneId.of(zone)).toInstant()).filter(instant -> instant.isAfter(after));
    }

    @Override
    public String toString() {
      return text() + " in " + zone;
    }
  }
}
