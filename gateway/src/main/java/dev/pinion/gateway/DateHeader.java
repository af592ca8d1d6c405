package dev.pinion.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the header {@code Date} (RFC 9110 section 5.6.7), written once a second. Any thread. */
final class DateHeader {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private volatile Written last = new Written(Long.MIN_VALUE, "");

  /** A second since the epoch, and its text. */
  private record Written(long second, String text) {}

  /** Returns the value at a time in milliseconds since the epoch. */
  String at(long millis) {
    long second = Math.floorDiv(millis, 1000L);
    Written written = last;
    if (written.second != second) {
      written = new Written(second, FORM.format(Instant.ofEpochSecond(second)));
      last = written;
    }
    return written.text;
  }
}
