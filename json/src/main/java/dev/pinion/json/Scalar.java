package dev.pinion.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The types that are one JSON text, number or boolean, and how each is named when a value does not fit. */
enum Scalar implements Shape {
  TEXT("text", JsonToken.STRING, String.class),
  BOOLEAN("true or false", JsonToken.BOOLEAN, boolean.class, Boolean.class),
  CHAR("one character", JsonToken.STRING, char.class, Character.class),
  BYTE("a byte", JsonToken.NUMBER, byte.class, Byte.class),
  SHORT("a short", JsonToken.NUMBER, short.class, Short.class),
  INT("an int", JsonToken.NUMBER, int.class, Integer.class),
  LONG("a long", JsonToken.NUMBER, long.class, Long.class),
  FLOAT("a float", JsonToken.NUMBER, float.class, Float.class),
  DOUBLE("a double", JsonToken.NUMBER, double.class, Double.class),
  DECIMAL("a number", JsonToken.NUMBER, BigDecimal.class),
  INTEGER("a whole number", JsonToken.NUMBER, BigInteger.class),
  INSTANT("an instant such as 2026-01-31T12:00:00Z", JsonToken.STRING, Instant.class),
  UNIQUE_ID("a UUID", JsonToken.STRING, UUID.class),
  BYTES("Base64", JsonToken.STRING, byte[].class);

  private static final int LONGEST_NUMBER = 1_000;
  private static final int LARGEST_EXPONENT = 10_000;
  private static final int UUID_LENGTH = 36;

  private final String name;
  private final JsonToken token;
  private final Class<?> type;
  private final Class<?> box;

  Scalar(String name, JsonToken token, Class<?> type) {
    this(name, token, type, type);
  }

  Scalar(String name, JsonToken token, Class<?> type, Class<?> box) {
    this.name = name;
    this.token = token;
    this.type = type;
    this.box = box;
  }

  /** The scalar that a type is, null when it is none. */
  static @Nullable Scalar of(Class<?> type) {
    for (Scalar scalar : values()) {
      if (scalar.type == type || scalar.box == type) {
        return scalar;
      }
    }
    return null;
  }

  /** What to say of a value that is not what its type wants. */
  static String wrong(JsonReader in, String wanted) throws IOException {
    return in.peek() == JsonToken.NULL ? "null" : "not " + wanted;
  }

  /** A number of which nothing is known: a long when it is whole, past its range a BigInteger, else a double. */
  static Object number(JsonReader in) throws IOException, MismatchException {
    String text = in.nextString();
    boolean whole = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    if (!whole) {
      return DOUBLE.parse(in, text);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException pastLong) {
      return INTEGER.parse(in, text);
    }
  }

  @Override
  public Object read(JsonReader in) throws IOException, MismatchException {
    if (in.peek() != token) {
      throw Place.mismatch(in, wrong(in, name));
    }
    return this == BOOLEAN ? (Object) in.nextBoolean() : parse(in, in.nextString());
  }

  private Object parse(JsonReader in, String text) throws MismatchException {
    if (token == JsonToken.NUMBER && text.length() > LONGEST_NUMBER) {
      throw Place.mismatchBefore(in, "a number of more than " + LONGEST_NUMBER + " characters");
    }
    try {
      Object value = value(text);
      if (value != null) {
        return value;
      }
      throw Place.mismatchBefore(in, "not ".concat(name));
    } catch (IllegalArgumentException | DateTimeException unfit) {
      MismatchException mismatch = Place.mismatchBefore(in, "not ".concat(name));
      mismatch.initCause(unfit);
      throw mismatch;
    }
  }

  /** The value of a text, null or an exception when it has none. */
  private @Nullable Object value(String text) {
    return switch (this) {
      case TEXT -> text;
      case BOOLEAN -> Boolean.valueOf(text);
      case CHAR -> text.length() == 1 ? (Object) text.charAt(0) : null;
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
      case INSTANT -> Instant.parse(text);
      case UNIQUE_ID -> text.length() == UUID_LENGTH ? UUID.fromString(text) : null;
      case BYTES -> Base64.getDecoder().decode(text);
    };
  }
}
