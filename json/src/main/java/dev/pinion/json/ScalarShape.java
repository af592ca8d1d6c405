package dev.pinion.json;

import dev.pinion.spi.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
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
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that is one JSON text, number or boolean. Numbers have at most 1,000 characters and an exponent of at most
 * 10,000: others take long to compute with.
 */
record ScalarShape(ScalarType scalar) implements Shape, Shape.Key {
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LARGEST_EXPONENT = 10_000;
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,999})");

  /** Reads a number of no declared type: a Long if it is whole, beyond its range a BigInteger, otherwise a Double. */
  static Object number(String text) throws Misfit {
    boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (!whole) return parse(ScalarType.DOUBLE, text);
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException beyondLong) {
      return parse(ScalarType.INTEGER, text);
    }
  }

  @Override
  public Object read(JsonReader in) throws Misfit {
    JsonReader.Kind kind = in.peek();
    return switch (scalar.form()) {
      case TEXT -> {
        if (kind != JsonReader.Kind.TEXT) throw Shape.wrong(in, scalar.wanted());
        yield parse(scalar, in.string());
      }
      case NUMBER -> {
        if (kind != JsonReader.Kind.NUMBER) throw Shape.wrong(in, scalar.wanted());
        yield parse(scalar, in.number());
      }
      case BOOLEAN -> {
        if (kind != JsonReader.Kind.BOOLEAN) throw Shape.wrong(in, scalar.wanted());
        yield in.bool();
      }
    };
  }

  @Override
  public Object of(String name) throws Misfit {
    // Java reads more than JSON has: a plus sign, leading zeros and other scripts' digits.
    if (scalar.form() == ScalarType.Form.NUMBER && !WHOLE.matcher(name).matches()) {
      throw new Misfit("not " + scalar.wanted());
    }
    return parse(scalar, name);
  }

  private static Object parse(ScalarType scalar, String text) throws Misfit {
    if (scalar.form() == ScalarType.Form.NUMBER && text.length() > LONGEST_NUMBER) {
      throw new Misfit("a number of more than " + LONGEST_NUMBER + " characters");
    }
    try {
      Object value = value(scalar, text);
      if (value != null) return value;
      throw new Misfit("not " + scalar.wanted());
    } catch (IllegalArgumentException | DateTimeException unfit) {
      throw new Misfit("not " + scalar.wanted(), unfit);
    }
  }

  /** Returns the value of a text; null, or an exception, if it has none. */
  private static @Nullable Object value(ScalarType scalar, String text) {
    return switch (scalar) {
      case TEXT -> text;
      case BOOLEAN -> Boolean.valueOf(text);
      case CHARACTER -> text.length() == 1 ? (Object) text.charAt(0) : null;
      case BYTE -> Byte.valueOf(text);
      case SHORT -> Short.valueOf(text);
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case FLOAT -> Float.isFinite(Float.parseFloat(text)) ? (Object) Float.valueOf(text) : null;
      case DOUBLE -> Double.isFinite(Double.parseDouble(text)) ? (Object) Double.valueOf(text) : null;
      case DECIMAL -> {
        BigDecimal decimal = new BigDecimal(text);
        yield Math.abs((long) decimal.scale()) <= LARGEST_EXPONENT ? decimal : null;
      }
      case INTEGER -> new BigInteger(text);
      case UNIQUE_ID -> id(text);
      case URI_REFERENCE -> URI.create(text);
      case BYTES -> Base64.getDecoder().decode(text);
      case INSTANT, DATE, TIME, DATE_TIME, OFFSET_TIME, OFFSET_DATE_TIME, ZONED_DATE_TIME, DURATION, PERIOD, YEAR,
          YEAR_MONTH, MONTH_DAY, ZONE, ZONE_OFFSET ->
          time(scalar, text);
    };
  }

  /** Java reads parts of any length, and cuts them. */
  private static @Nullable UUID id(String text) {
    UUID id = UUID.fromString(text);
    return id.toString().equalsIgnoreCase(text) ? id : null;
  }

  private static Object time(ScalarType scalar, String text) {
    return switch (scalar) {
      case INSTANT -> Instant.parse(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> LocalTime.parse(text);
      case DATE_TIME -> LocalDateTime.parse(text);
      case OFFSET_TIME -> OffsetTime.parse(text);
      case OFFSET_DATE_TIME -> OffsetDateTime.parse(text);
      case ZONED_DATE_TIME -> ZonedDateTime.parse(text);
      case DURATION -> Duration.parse(text);
      case PERIOD -> Period.parse(text);
      case YEAR -> Year.parse(text);
      case YEAR_MONTH -> YearMonth.parse(text);
      case MONTH_DAY -> MonthDay.parse(text);
      case ZONE -> ZoneId.of(text);
      case ZONE_OFFSET -> ZoneOffset.of(text);
      default -> throw new IllegalStateException(scalar.toString());
    };
  }
}
