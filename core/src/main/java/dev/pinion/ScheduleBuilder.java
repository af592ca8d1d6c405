package dev.pinion;

import dev.pinion.spi.CronExpression;
import dev.pinion.spi.ScheduleExpression;
import dev.pinion.spi.SourceLocation;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Declares when a schedule ticks: at a {@link #rate}, by a {@link #cron} expression, or once {@link #at} a time. {@link
 * #create} ends the declaration.
 */
public final class ScheduleBuilder {
  private static final String UTC = "UTC";
  private static final ScheduleExpression NONE = new ScheduleExpression.Rate(Duration.ofMinutes(1));

  private final Cloud cloud;
  private final String id;
  private final SourceLocation location;
  private Optional<Duration> rate = Optional.empty();
  private Optional<String> cron = Optional.empty();
  private Optional<LocalDateTime> at = Optional.empty();
  private Optional<String> zone = Optional.empty();

  ScheduleBuilder(Cloud cloud, String id, SourceLocation location) {
    this.cloud = cloud;
    this.id = id;
    this.location = location;
  }

  /**
   * Ticks at a regular rate, for the first time when the schedule is created.
   *
   * @param every whole minutes, at least one
   */
  public ScheduleBuilder rate(Duration every) {
    if (every.compareTo(Duration.ofMinutes(1)) < 0) {
      problem(
          "has a rate of " + every + ", and EventBridge Scheduler's shortest is one minute: use Duration.ofMinutes");
    } else if (!every.equals(Duration.ofMinutes(every.toMinutes()))) {
      problem(
          "has a rate of " + every + ", and EventBridge Scheduler knows whole minutes only: use Duration.ofMinutes");
    }
    rate = Optional.of(every);
    return this;
  }

  /**
   * Ticks at the times that a cron expression of EventBridge describes.
   *
   * @param fields minutes, hours, day of month, month, day of week, year: {@code 0 9 ? * MON-FRI *} is 9:00 on working
   *     days. One of the two days is {@code ?}
   * @see #timeZone
   */
  public ScheduleBuilder cron(String fields) {
    if (!cloud.binding().isCompiled()) {
      try {
        if (!CronExpression.parse(fields).everOccurs()) {
          problem("has the cron expression '" + fields + "', a day that no calendar has: it would never tick");
        }
      } catch (IllegalArgumentException e) {
        problem("has the cron expression '" + fields + "': " + e.getMessage());
      }
    }
    cron = Optional.of(fields);
    return this;
  }

  /**
   * Ticks once.
   *
   * @param time whole seconds; it should be in the future when the app is deployed
   * @see #timeZone
   */
  public ScheduleBuilder at(LocalDateTime time) {
    if (!time.equals(time.truncatedTo(ChronoUnit.SECONDS)))
      problem("is at " + time + ", and EventBridge Scheduler knows whole seconds only");
    at = Optional.of(time);
    return this;
  }

  /**
   * Sets the time zone of {@link #cron} or {@link #at} (default: {@code UTC}). Where clocks are set ahead, times that
   * do not exist are left out; where they are set back, times that exist twice count once.
   *
   * @param name of the IANA database, such as {@code Europe/Berlin}
   */
  public ScheduleBuilder timeZone(String name) {
    if (!cloud.binding().isCompiled() && !ZoneId.getAvailableZoneIds().contains(name)) {
      problem("has the time zone '" + name + "', which does not exist: use a name such as Europe/Berlin or UTC");
      return this;
    }
    zone = Optional.of(name);
    return this;
  }

  /** Ends the declaration. The handler is declared on the returned object. */
  public Schedule create() {
    cloud.binding().declare("schedule(\"" + id + "\").create()");
    Schedule schedule = new Schedule(id, expression(), location, cloud.binding());
    cloud.create("schedule '" + id + "'", location, schedule::freeze);
    return schedule;
  }

  private ScheduleExpression expression() {
    int kinds = (rate.isPresent() ? 1 : 0) + (cron.isPresent() ? 1 : 0) + (at.isPresent() ? 1 : 0);
    if (kinds == 0)
      problem("does not say when: add rate(Duration.ofMinutes(1)), cron(\"0 9 ? * MON-FRI *\") or at(...)");
    if (kinds > 1) problem("has more than one of rate, cron and at: use one, or declare two schedules");
    if (rate.isPresent() && zone.isPresent()) {
      problem("has a rate and a time zone, and a rate is the same in all zones: remove timeZone, or use cron");
    }
    String where = zone.orElse(UTC);
    if (at.isPresent()) return at(at.get(), where);
    if (cron.isPresent()) return new ScheduleExpression.Cron(cron.get(), where);
    return rate.<ScheduleExpression>map(ScheduleExpression.Rate::new).orElse(NONE);
  }

  private ScheduleExpression at(LocalDateTime time, String where) {
    if (!cloud.binding().isCompiled() && ZoneId.of(where).getRules().getValidOffsets(time).isEmpty()) {
      problem(
          "is at " + time + ", which does not exist in " + where + ", where clocks are set ahead: use another time");
    }
    return new ScheduleExpression.At(time, where);
  }

  private void problem(String message) {
    cloud.binding().problem(Callers.location(), "schedule '" + id + "' " + message);
  }
}
