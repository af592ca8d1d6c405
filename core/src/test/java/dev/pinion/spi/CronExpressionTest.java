package dev.pinion.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// EventBridge's cron expressions: the times of the examples in AWS's guide, of a calendar, and what is refused.
final class CronExpressionTest {
  private static List<String> times(String cron, String after, String zone, int count) {
    ZoneId where = ZoneId.of(zone);
    Optional<Instant> next = CronExpression.parse(cron).next(instant(after, where), where);
    List<String> times = new ArrayList<>();
    while (next.isPresent() && times.size() < count) {
      times.add(LocalDateTime.ofInstant(next.get(), where).toString());
      next = CronExpression.parse(cron).next(next.get(), where);
    }
    return times;
  }

  private static Instant instant(String local, ZoneId zone) {
    return LocalDateTime.parse(local).atZone(zone).toInstant();
  }

  /// After a Thursday, 1 January 2026, 09:07.
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "0 10 * * ? *           | 2026-01-01T10:00 2026-01-02T10:00 2026-01-03T10:00",
    "15 12 * * ? *          | 2026-01-01T12:15 2026-01-02T12:15 2026-01-03T12:15",
    "0 18 ? * MON-FRI *     | 2026-01-01T18:00 2026-01-02T18:00 2026-01-05T18:00",
    "0 8 1 * ? *            | 2026-02-01T08:00 2026-03-01T08:00 2026-04-01T08:00",
    "0/15 * * * ? *         | 2026-01-01T09:15 2026-01-01T09:30 2026-01-01T09:45",
    "*/15 * * * ? *         | 2026-01-01T09:15 2026-01-01T09:30 2026-01-01T09:45",
    "1/10 * * * ? *         | 2026-01-01T09:11 2026-01-01T09:21 2026-01-01T09:31",
    "0/5 8-9 ? * MON-FRI *  | 2026-01-01T09:10 2026-01-01T09:15 2026-01-01T09:20",
    "5-20/5 9 * * ? *       | 2026-01-01T09:10 2026-01-01T09:15 2026-01-01T09:20",
    "0 0/2 * * ? *          | 2026-01-01T10:00 2026-01-01T12:00 2026-01-01T14:00",
    "15 10 ? * 6L 2026-2027 | 2026-01-30T10:15 2026-02-27T10:15 2026-03-27T10:15",
    "0 9 ? * 2#1 *          | 2026-01-05T09:00 2026-02-02T09:00 2026-03-02T09:00",
    "0 9 ? * mon#1 *        | 2026-01-05T09:00 2026-02-02T09:00 2026-03-02T09:00",
    "0 9 ? * 6#5 *          | 2026-01-30T09:00 2026-05-29T09:00 2026-07-31T09:00",
    "0 9 ? * L *            | 2026-01-03T09:00 2026-01-10T09:00 2026-01-17T09:00",
    "0 9 ? * 1,7 *          | 2026-01-03T09:00 2026-01-04T09:00 2026-01-10T09:00",
    "0 10 L * ? *           | 2026-01-31T10:00 2026-02-28T10:00 2026-03-31T10:00",
    "0 10 LW * ? *          | 2026-01-30T10:00 2026-02-27T10:00 2026-03-31T10:00",
    "0 10 L-1 * ? *         | 2026-01-30T10:00 2026-02-27T10:00 2026-03-30T10:00",
    "0 10 L-30 * ? *        | 2026-01-01T10:00 2026-03-01T10:00 2026-05-01T10:00",
    "0 10 lw * ? *          | 2026-01-30T10:00 2026-02-27T10:00 2026-03-31T10:00",
    "0 10 ? * 6l *          | 2026-01-30T10:00 2026-02-27T10:00 2026-03-27T10:00",
    "0 10 3W * ? *          | 2026-01-02T10:00 2026-02-03T10:00 2026-03-03T10:00",
    "0 10 3W MAY ? *        | 2026-05-04T10:00 2027-05-03T10:00 2028-05-03T10:00",
    "0 10 1W AUG ? *        | 2026-08-03T10:00 2027-08-02T10:00 2028-08-01T10:00",
    "0 10 31W JAN-MAY ? *   | 2026-01-30T10:00 2026-03-31T10:00 2026-05-29T10:00",
    "30 23 31 * ? *         | 2026-01-31T23:30 2026-03-31T23:30 2026-05-31T23:30",
    "0 0 29 2 ? *           | 2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00",
    "0 0 1 JAN,jul ? *      | 2026-07-01T00:00 2027-01-01T00:00 2027-07-01T00:00",
    "0 0 1 1 ? 2030/50      | 2030-01-01T00:00 2080-01-01T00:00 2130-01-01T00:00",
    "8 9 1 1 ? 2026         | 2026-01-01T09:08",
    "0 9 1 1 ? 2025-2026    | ''"})
  void ticksAtTheTimesOfTheCalendar(String cron, String expected) {
    assertThat(String.join(" ", times(cron, "2026-01-01T09:07", "UTC", 3))).isEqualTo(expected);
  }

  @Test
  void aTimeThatDoesNotExistIsLeftOut() {
    assertThat(times("30 2 * * ? *", "2026-03-28T00:00", "Europe/Berlin", 3))
        .containsExactly("2026-03-28T02:30", "2026-03-30T02:30", "2026-03-31T02:30");
    assertThat(times("30 * * * ? *", "2026-03-29T00:45", "Europe/Berlin", 3))
        .containsExactly("2026-03-29T01:30", "2026-03-29T03:30", "2026-03-29T04:30");
  }

  @Test
  void aTimeThatExistsTwiceCountsOnce() {
    assertThat(times("30 2 * * ? *", "2026-10-24T12:00", "Europe/Berlin", 2))
        .containsExactly("2026-10-25T02:30", "2026-10-26T02:30");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    CronExpression cron = CronExpression.parse("30 2 * * ? *");
    assertThat(cron.next(Instant.parse("2026-10-24T12:00:00Z"), berlin))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(cron.next(Instant.parse("2026-10-25T00:30:00Z"), berlin))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
    assertThat(cron.next(Instant.parse("2026-10-25T01:10:00Z"), berlin))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  /// Days around changes of the clocks, some of which are at midnight, of half an hour or of a whole day.
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-28", "Europe/Berlin, 2026-10-24", "America/New_York, 2026-03-07",
    "America/New_York, 2026-10-31", "America/Havana, 2026-03-07", "America/Havana, 2026-10-31",
    "Africa/Cairo, 2026-04-23", "Africa/Cairo, 2026-10-29", "America/Santiago, 2026-04-04",
    "America/Santiago, 2026-09-05", "Australia/Lord_Howe, 2026-04-04", "Australia/Lord_Howe, 2026-10-03",
    "Pacific/Apia, 2011-12-29", "UTC, 2026-02-28"})
  void anyExpressionTicksAtTheMinutesThatFitAndTheFirstTimeThatTheyAre(String name, LocalDate from) {
    ZoneId zone = ZoneId.of(name);
    Random random = new Random(from.toEpochDay());
    Instant start = from.atStartOfDay(zone).toInstant();
    Instant end = start.plus(Duration.ofDays(3));
    for (int run = 0; run < 50; run++) {
      Set<Integer> minutes = some(random, 60);
      Set<Integer> hours = some(random, 24);
      String cron = text(minutes) + " " + text(hours) + " * * ? *";
      List<Instant> expected = new ArrayList<>();
      for (Instant each = start; each.isBefore(end); each = each.plus(Duration.ofMinutes(1))) {
        LocalDateTime local = LocalDateTime.ofInstant(each, zone);
        boolean first = local.toInstant(zone.getRules().getValidOffsets(local).getFirst()).equals(each);
        if (first && minutes.contains(local.getMinute()) && hours.contains(local.getHour())) expected.add(each);
      }
      List<Instant> ticks = new ArrayList<>();
      CronExpression expression = CronExpression.parse(cron);
      for (Instant each = expression.next(start.minusMillis(1), zone).orElseThrow(); each.isBefore(end); each =
          expression.next(each, zone).orElseThrow()) {
        ticks.add(each);
      }
      assertThat(ticks).as(cron).isEqualTo(expected);
    }
  }

  private static Set<Integer> some(Random random, int below) {
    Set<Integer> some = new TreeSet<>();
    for (int i = random.nextInt(4); i >= 0; i--) some.add(random.nextInt(random.nextBoolean() ? 4 : below));
    return some;
  }

  private static String text(Set<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  @Test
  void whatWasMeantInAnotherZoneIsThere() {
    assertThat(CronExpression.parse("0 9 ? * MON-FRI *").next(
        Instant.parse("2026-07-03T12:00:00Z"), ZoneId.of("America/New_York")))
        .contains(Instant.parse("2026-07-03T13:00:00Z"));
    assertThat(CronExpression.parse("0 0 1 1 ? *").next(
        Instant.parse("2026-01-01T00:00:00Z"), ZoneId.of("Pacific/Kiritimati")))
        .contains(Instant.parse("2026-12-31T10:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "0 9 * * *               | it has 5 fields, and AWS's have six: minutes hours day-of-month month day-of-week year",
    "hourly                  | it has 1 field, and AWS's have six",
    "cron(0 9 * * ? *)       | write the six fields alone",
    "0 9 * * * *             | day-of-month is '*' and day-of-week is '*', and exactly one of them must be ?",
    "0 9 ? * ? *             | day-of-month is '?' and day-of-week is '?', and exactly one of them must be ?",
    "0 9 1 * MON *           | day-of-month is '1' and day-of-week is 'MON', and exactly one",
    "60 9 * * ? *            | '60' is not valid for the field minutes: use 0 to 59",
    "-1 9 * * ? *            | '-1' is not valid for the field minutes",
    "0 24 * * ? *            | '24' is not valid for the field hours: use 0 to 23",
    "0 9 0 * ? *             | '0' is not valid for the field day-of-month: use 1 to 31",
    "0 9 32W * ? *           | '32W' is not valid for the field day-of-month",
    "0 9 1,LW * ? *          | '1,LW' is not valid: L, L-3, LW, 15W, 6L (the last Friday) and 2#1 (the first Monday)",
    "0 9 L-31 * ? *          | 'L-31' is not valid",
    "0 9 L-0 * ? *           | 'L-0' is not valid",
    "0 9 * 13 ? *            | '13' is not valid for the field month: use 1 to 12 or JAN to DEC",
    "0 9 * JANUARY ? *       | 'JANUARY' is not valid for the field month",
    "0 9 ? * 0 *             | '0' is not valid for the field day-of-week: use 1 to 7 or SUN to SAT",
    "0 9 ? * 2#6 *           | '2#6' is not valid",
    "0 9 ? * FRIL *          | 'FRIL' is not valid",
    "0 9 ? * MON/2 *         | day-of-week 'MON/2' has a step, which AWS does not know there",
    "0 22-2 * * ? *          | the hours '22-2' run backwards: write two ranges",
    "0/0 9 * * ? *           | '0/0' is not valid for the field minutes",
    "0/5/5 9 * * ? *         | '0/5/5' is not valid for the field minutes",
    "0 9,, * * ? *           | '' is not valid for the field hours",
    "0 9 * * ? 1969          | '1969' is not valid for the field year: use 1970 to 2199",
    "0 9 * * ? 99999999999   | '99999999999' is not valid for the field year"})
  void whatAwsRefusesIsRefusedWithWhatToDo(String cron, String message) {
    assertThatThrownBy(() -> CronExpression.parse(cron)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aDayThatNoCalendarHasNeverOccurs() {
    assertThat(CronExpression.parse("0 0 30 FEB ? *").everOccurs()).isFalse();
    assertThat(CronExpression.parse("0 0 29 2 ? 2026-2027").everOccurs()).isFalse();
    assertThat(CronExpression.parse("0 0 29 2 ? *").everOccurs()).isTrue();
  }

  @Test
  void aRateCountsFromItsCreation() {
    Instant since = Instant.parse("2026-01-01T00:00:30Z");
    ScheduleExpression rate = new ScheduleExpression.Rate(java.time.Duration.ofMinutes(5));
    assertThat(rate.next(since.minusSeconds(1), since)).contains(since);
    assertThat(rate.next(since, since)).contains(since.plusSeconds(300));
    assertThat(rate.next(since.plusSeconds(299), since)).contains(since.plusSeconds(300));
    assertThat(rate.next(since.plusSeconds(300), since)).contains(since.plusSeconds(600));
  }

  @ParameterizedTest
  @CsvSource({"1, rate(1 minute)", "90, rate(90 minutes)", "60, rate(1 hour)", "2880, rate(2 days)"})
  void aRateIsWrittenAsAwsTakesIt(int minutes, String text) {
    assertThat(new ScheduleExpression.Rate(java.time.Duration.ofMinutes(minutes)).text()).isEqualTo(text);
  }
}
