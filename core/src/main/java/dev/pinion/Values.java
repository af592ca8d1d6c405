package dev.pinion;

import dev.pinion.AttributeValue.B;
import dev.pinion.AttributeValue.Bool;
import dev.pinion.AttributeValue.Bs;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.M;
import dev.pinion.AttributeValue.N;
import dev.pinion.AttributeValue.Ns;
import dev.pinion.AttributeValue.S;
import dev.pinion.AttributeValue.Ss;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts Java values to attribute values. */
final class Values {
  private static final int DEEPEST = 200;
  private static final DateTimeFormatter NANOSECONDS = new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

  private Values() {}

  /** A value is nested too deeply. Where it is nested does not matter: it may be everywhere. */
  static final class TooDeepException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooDeepException() {
      super("a value is nested more than " + DEEPEST + " levels deep, or contains itself");
    }
  }

  static AttributeValue attributeValue(@Nullable Object value) {
    return attributeValue(value, DEEPEST);
  }

  /**
   * Converts a value inside another one.
   *
   * @throws TooDeepException if it is nested more deeply than the given number of levels
   */
  static AttributeValue attributeValue(@Nullable Object value, int levels) {
    if (levels < 0) {
      throw new TooDeepException();
    }
    return switch (value) {
      case null ->
          throw new IllegalArgumentException(
              "null is not a value: omit the attribute, or store an AttributeValue.Null");
      case AttributeValue already -> already;
      case String text -> new S(text);
      case Boolean bool -> new Bool(bool);
      case Number number -> new N(decimal(number));
      case byte[] bytes -> new B(Bytes.of(bytes));
      case Bytes bytes -> new B(bytes);
      case Enum<?> constant -> new S(constant.name());
      case Instant instant -> new S(NANOSECONDS.format(instant));
      case UUID uuid -> new S(uuid.toString());
      case Item item -> new M(item.attributes());
      case Record row -> Rows.map(row, levels);
      case Map<?, ?> map -> map(map, levels);
      case Set<?> set -> set(set, levels);
      case Path path -> throw new IllegalArgumentException("DynamoDB has no type for a path: store path.toString()");
      case Iterable<?> many -> list(many, levels);
      default ->
          throw new IllegalArgumentException(
              "DynamoDB has no type for " + value.getClass().getName());
    };
  }

  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Integer i -> BigDecimal.valueOf(i);
      case Long l -> BigDecimal.valueOf(l);
      case Short s -> BigDecimal.valueOf(s);
      case Byte b -> BigDecimal.valueOf(b);
      case Float f -> finite(f, f.toString());
      case Double d -> finite(d, d.toString());
      default -> new BigDecimal(number.toString());
    };
  }

  private static BigDecimal finite(double number, String digits) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("DynamoDB cannot store the number " + number);
    }
    return new BigDecimal(digits);
  }

  private static M map(Map<?, ?> map, int levels) {
    LinkedHashMap<String, AttributeValue> values = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new IllegalArgumentException("the keys of a map must be strings in DynamoDB, but one is " + key);
      }
      values.put(name, attributeValue(value, levels - 1));
    });
    return new M(values);
  }

  private static L list(Iterable<?> many, int levels) {
    List<AttributeValue> values = new java.util.ArrayList<>();
    many.forEach(value -> values.add(attributeValue(value, levels - 1)));
    return new L(values);
  }

  private static AttributeValue set(Set<?> set, int levels) {
    List<AttributeValue> values = list(set, levels).values();
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "DynamoDB has no empty sets: omit the attribute, or remove it");
    }
    return switch (values.getFirst()) {
      case S _ -> new Ss(each(values, S.class, S::value));
      case N _ -> new Ns(each(values, N.class, N::value));
      case B _ -> new Bs(each(values, B.class, B::value));
      default ->
          throw new IllegalArgumentException(
              "DynamoDB's sets hold strings, numbers or bytes, not " + values.getFirst().type());
    };
  }

  private static <A extends AttributeValue, T> SequencedSet<T> each(
      List<AttributeValue> values, Class<A> type, java.util.function.Function<A, T> read) {
    SequencedSet<T> all = new LinkedHashSet<>();
    for (AttributeValue value : values) {
      if (!type.isInstance(value)) {
        throw new IllegalArgumentException(
            "all elements of a set must have one type, but this one has " + type.getSimpleName() + " and "
                + value.type());
      }
      all.add(read.apply(type.cast(value)));
    }
    return all;
  }
}
