package dev.pinion.spi;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A type whose values are one JSON text, number or boolean. */
public enum ScalarType implements MessageType {
  TEXT(Form.TEXT, "text", "", String.class, CharSequence.class),
  CHARACTER(Form.TEXT, "one character", " ", char.class, Character.class),
  BOOLEAN(Form.BOOLEAN, "true or false", "false", boolean.class, Boolean.class),
  BYTE(Form.NUMBER, "a byte", "0", byte.class, Byte.class),
  SHORT(Form.NUMBER, "a short", "0", short.class, Short.class),
  INT(Form.NUMBER, "an int", "0", int.class, Integer.class),
  LONG(Form.NUMBER, "a long", "0", long.class, Long.class),
  FLOAT(Form.NUMBER, "a float", "0", float.class, Float.class),
  DOUBLE(Form.NUMBER, "a double", "0", double.class, Double.class),
  DECIMAL(Form.NUMBER, "a number", "0", BigDecimal.class),
  INTEGER(Form.NUMBER, "a whole number", "0", BigInteger.class),
  UNIQUE_ID(Form.TEXT, "a UUID", "00000000-0000-0000-0000-000000000000", UUID.class),
  URI_REFERENCE(Form.TEXT, "a URI", "https://example.com/", URI.class),
  BYTES(Form.TEXT, "Base64", "", byte[].class),
  INSTANT(Form.TEXT, "an instant", "2026-01-31T12:00:00Z", Instant.class),
  DATE(Form.TEXT, "a date", "2026-01-31", LocalDate.class),
  TIME(Form.TEXT, "a time", "12:00:00", LocalTime.class),
  DATE_TIME(Form.TEXT, "a date and time", "2026-01-31T12:00:00", LocalDateTime.class),
  OFFSET_TIME(Form.TEXT, "a time with an offset", "12:00:00+01:00", OffsetTime.class),
  OFFSET_DATE_TIME(
      Form.TEXT, "a date and time with an offset", "2026-01-31T12:00:00+01:00", OffsetDateTime.class),
  ZONED_DATE_TIME(
      Form.TEXT, "a date and time with a zone", "2026-01-31T12:00:00+01:00[Europe/Paris]", ZonedDateTime.class),
  DURATION(Form.TEXT, "a duration", "PT1H30M", Duration.class),
  PERIOD(Form.TEXT, "a period", "P1M", Period.class),
  YEAR(Form.TEXT, "a year as text", "2026", Year.class),
  YEAR_MONTH(Form.TEXT, "a year and month", "2026-01", YearMonth.class),
  MONTH_DAY(Form.TEXT, "a month and day", "--01-31", MonthDay.class),
  ZONE(Form.TEXT, "a time zone", "Europe/Paris", ZoneId.class),
  ZONE_OFFSET(Form.TEXT, "an offset", "+01:00", ZoneOffset.class);

  private static final Map<Class<?>, ScalarType> BY_TYPE = new HashMap<>();

  static {
    for (ScalarType scalar : values()) {
      BY_TYPE.put(scalar.type, scalar);
      BY_TYPE.put(scalar.other, scalar);
    }
  }

  /** What a scalar is in JSON. */
  public enum Form {
    TEXT, NUMBER, BOOLEAN
  }

  private final Form form;
  private final String noun;
  private final String example;
  private final Class<?> type;
  private final Class<?> other;

  ScalarType(Form form, String noun, String example, Class<?> type) {
    this(form, noun, example, type, type);
  }

  ScalarType(Form form, String noun, String example, Class<?> type, Class<?> other) {
    this.form = form;
    this.noun = noun;
    this.example = example;
    this.type = type;
    this.other = other;
  }

  /** Returns the scalar that a declared type is. */
  public static Optional<ScalarType> of(Class<?> type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** Returns the scalar that values of a class are; unlike {@link #of}, also for implementations of {@link ZoneId}. */
  public static Optional<ScalarType> ofValue(Class<?> type) {
    @Nullable ScalarType exact = BY_TYPE.get(type);
    if (exact != null) return Optional.of(exact);
    return ZoneId.class.isAssignableFrom(type) ? Optional.of(ZONE) : Optional.empty();
  }

  /** Returns what it is in JSON. */
  public Form form() {
    return form;
  }

  /** Returns the JSON of a value that can be read, without the quotes of a text. */
  public String example() {
    return example;
  }

  /** Returns what a client has to send, such as {@code a date such as 2026-01-31}. */
  public String wanted() {
    return compareTo(INSTANT) < 0 ? noun : noun + " such as " + example;
  }

  /** Whether it can be a map's key: text, or a whole number as text. */
  boolean isKey() {
    return switch (this) {
      case BOOLEAN, FLOAT, DOUBLE, DECIMAL, BYTES -> false;
      default -> true;
    };
  }
}
