package dev.pinion;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A value in DynamoDB's data model: ten types, each a record named with DynamoDB's own letters.
 *
 * <p>Values are immutable. They are equal as in DynamoDB: numbers by value ({@code 1.0} equals {@code 1}), sets
 * regardless of order, bytes by content. Limits, such as 400 KB for an item and 38 digits for a number, are checked
 * when a value is written.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">
 *     DynamoDB: supported data types</a>
 */
public sealed interface AttributeValue {

  /** DynamoDB's letters for the type: {@code S}, {@code N}, {@code B}, {@code BOOL}, {@code NULL} and so on. */
  default String type() {
    return switch (this) {
      case S _ -> "S";
      case N _ -> "N";
      case B _ -> "B";
      case Bool _ -> "BOOL";
      case Null _ -> "NULL";
      case L _ -> "L";
      case M _ -> "M";
      case Ss _ -> "SS";
      case Ns _ -> "NS";
      case Bs _ -> "BS";
    };
  }

  /**
   * Converts a Java value. Strings, enum constants, {@link java.util.UUID}s and {@link java.time.Instant}s become
   * strings, numbers become numbers, a {@code byte[]} becomes binary, lists and other collections become lists, sets of
   * strings, numbers or bytes become DynamoDB's sets, and maps and records become maps.
   *
   * <p>An instant always has nine digits after the second, so that the order of the strings is that of time, for the
   * years 0 to 9999.
   *
   * @throws IllegalArgumentException if DynamoDB has no type for the value, in which case the message names its class,
   *     or if a value contains itself
   */
  static AttributeValue of(Object value) {
    return Values.attributeValue(value);
  }

  /** A string. */
  record S(String value) implements AttributeValue {}

  /** A number, exact to 38 significant digits. */
  record N(BigDecimal value) implements AttributeValue {
    /** How many digits DynamoDB's numbers have at most before or after the decimal point, and some more. */
    private static final int LONGEST_PLAIN = 200;

    public N {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    @Override
    public String toString() {
      boolean plain = Math.abs((long) value.scale()) <= LONGEST_PLAIN;
      return "N[value=" + (plain ? value.toPlainString() : value.toString()) + "]";
    }
  }

  /** Bytes. */
  record B(Bytes value) implements AttributeValue {}

  /** True or false. */
  record Bool(boolean value) implements AttributeValue {}

  /** DynamoDB's null. It is a value: the attribute exists. */
  record Null() implements AttributeValue {}

  /** A list of values of any types. */
  record L(List<AttributeValue> values) implements AttributeValue {
    public L {
      values = List.copyOf(values);
    }
  }

  /** A map from names to values, in the order in which they were added. */
  record M(SequencedMap<String, AttributeValue> values) implements AttributeValue {
    public M {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** The map's entries as an item. */
    public Item item() {
      return Item.of((Map<String, AttributeValue>) values);
    }
  }

  /** A set of strings, never empty in a table. */
  record Ss(SequencedSet<String> values) implements AttributeValue {
    public Ss {
      values = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values));
    }
  }

  /** A set of numbers, never empty in a table. */
  record Ns(SequencedSet<BigDecimal> values) implements AttributeValue {
    public Ns {
      SequencedSet<BigDecimal> plain = new LinkedHashSet<>();
      values.forEach(number -> plain.add(new N(number).value()));
      values = Collections.unmodifiableSequencedSet(plain);
    }
  }

  /** A set of byte strings, never empty in a table. */
  record Bs(SequencedSet<Bytes> values) implements AttributeValue {
    public Bs {
      values = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(values));
    }
  }

  /** Immutable bytes, equal by content and ordered as unsigned numbers. */
  final class Bytes implements Comparable<Bytes> {
    private final byte[] content;

    private Bytes(byte[] content) {
      this.content = content;
    }

    /** Copies an array. */
    public static Bytes of(byte[] content) {
      return new Bytes(content.clone());
    }

    /** Returns a copy of the bytes. */
    public byte[] toArray() {
      return content.clone();
    }

    /** The number of bytes. */
    public int length() {
      return content.length;
    }

    @Override
    public int compareTo(Bytes other) {
      return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
      return content.length + " bytes";
    }
  }
}
