package dev.pinion.spi;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** The days of a cron expression: by their day of the month or by their day of the week. */
@FunctionalInterface
interface CronDays {
  CronField OF_MONTH = new CronField("day-of-month", 1, 31, List.of());
  CronField OF_WEEK = new CronField("day-of-week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  /** Returns whether a day is one of them. */
  boolean has(LocalDate day);

  /**
   * Reads both fields, one of which is {@code ?}.
   *
   * @throws IllegalArgumentException if EventBridge would refuse them
   */
  static CronDays read(String ofMonth, String ofWeek) {
    if (ofMonth.equals("?") == ofWeek.equals("?")) {
      throw new IllegalArgumentException(
          "day-of-month is '" + ofMonth + "' and day-of-week is '" + ofWeek
              + "', and exactly one of them must be ?: the one that does not matter");
    }
    return ofWeek.equals("?") ? ofMonth(ofMonth.toUpperCase(Locale.ROOT)) : ofWeek(ofWeek.toUpperCase(Locale.ROOT));
  }

  private static CronDays ofMonth(String text) {
    if (text.equals("L")) return day -> day.getDayOfMonth() == day.lengthOfMonth();
    if (text.equals("LW")) return day -> day.equals(weekdayNearest(day, day.lengthOfMonth()));
    if (text.matches("L-([1-9]|[12][0-9]|30)")) {
      int before = Integer.parseInt(text.substring(2));
      return day -> day.getDayOfMonth() == day.lengthOfMonth() - before;
    }
    if (text.matches("[0-9]{1,2}W")) {
      int wanted = OF_MONTH.value(text.substring(0, text.length() - 1), text);
      return day -> wanted <= day.lengthOfMonth() && day.equals(weekdayNearest(day, wanted));
    }
    alone(text, text, "LW");
    BitSet days = OF_MONTH.read(text);
    return day -> days.get(day.getDayOfMonth());
  }

  /** Returns the day from Monday to Friday nearest to one of a month, in the same month. */
  private static LocalDate weekdayNearest(LocalDate month, int day) {
    LocalDate wanted = month.withDayOfMonth(day);
    return switch (wanted.getDayOfWeek()) {
      case SATURDAY -> day == 1 ? wanted.plusDays(2) : wanted.minusDays(1);
      case SUNDAY -> day == wanted.lengthOfMonth() ? wanted.minusDays(2) : wanted.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> wanted;
    };
  }

  private static CronDays ofWeek(String text) {
    if (text.equals("L")) return day -> day.getDayOfWeek() == DayOfWeek.SATURDAY;
    if (text.matches("[1-7]L")) {
      DayOfWeek wanted = day(OF_WEEK.value(text.substring(0, 1), text));
      return day -> day.equals(day.with(TemporalAdjusters.lastInMonth(wanted)));
    }
    if (text.matches("[A-Za-z0-9]+#[1-5]")) {
      DayOfWeek wanted = day(OF_WEEK.value(text.substring(0, text.indexOf('#')), text));
      int which = text.charAt(text.length() - 1) - '0';
      return day -> day.getDayOfWeek() == wanted && (day.getDayOfMonth() + 6) / 7 == which;
    }
    alone(text, text.replaceAll("[A-Z]{3}", ""), "L#");
    if (text.contains("/")) {
      throw new IllegalArgumentException(
          "day-of-week '" + text + "' has a step, which AWS does not know there: list the"
              + " days, such as MON,WED,FRI");
    }
    BitSet days = OF_WEEK.read(text);
    return day -> days.get(day.getDayOfWeek().getValue() % 7 + 1);
  }

  /** Returns the day of a number from 1, Sunday. */
  private static DayOfWeek day(int number) {
    return DayOfWeek.SATURDAY.plus(number);
  }

  private static void alone(String text, String withoutNames, String letters) {
    if (withoutNames.chars().anyMatch(each -> letters.indexOf(each) >= 0)) {
      throw new IllegalArgumentException(
          "'" + text
              + "' is not valid: L, L-3, LW, 15W, 6L (the last Friday) and 2#1 (the first Monday) stand alone in"
              + " their field");
    }
  }
}
