package dev.pinion.json;

import dev.pinion.spi.MessageType;
import dev.pinion.spi.UnsupportedTypeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON text that is being written, without white space. Used by one thread. */
final class Output {
  private static final int LEVELS = 255;

  private final StringBuilder text = new StringBuilder();
  private final ClassValue<RecordOutput> records;
  private int depth;

  Output(ClassValue<RecordOutput> records) {
    this.records = records;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** Writes a value by its own class, whatever it was declared as. */
  void write(@Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case CharSequence characters -> string(characters);
      case Boolean bool -> text.append(bool.booleanValue());
      case Number number -> number(number);
      case Record row -> {
        deeper();
        records.get(row.getClass()).write(row, this);
        depth--;
      }
      case Collection<?> elements -> {
        deeper();
        array(elements);
        depth--;
      }
      case Map<?, ?> members -> {
        deeper();
        object(members);
        depth--;
      }
      case Optional<?> optional -> write(optional.orElse(null));
      default -> string(scalar(value));
    }
  }

  /** Enters an object or array, unless it is one that cannot be read again, or that contains itself. */
  private void deeper() {
    if (++depth > LEVELS) {
      throw new IllegalArgumentException(
          "nested deeper than " + LEVELS + " levels: does the value contain itself?");
    }
  }

  private void array(Collection<?> elements) {
    text.append('[');
    boolean first = true;
    for (Object element : elements) {
      if (!first) text.append(',');
      first = false;
      write(element);
    }
    text.append(']');
  }

  private void object(Map<?, ?> members) {
    begin();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      name(key(member.getKey()));
      write(member.getValue());
    }
    end();
  }

  void begin() {
    text.append('{');
  }

  void end() {
    text.append('}');
  }

  /** Writes a member's name; its value comes next. */
  void name(String name) {
    if (text.charAt(text.length() - 1) != '{') text.append(',');
    string(name);
    text.append(':');
  }

  private void number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException(number + " is not a JSON number: use Optional or a text instead");
      }
    } else if (!isWhole(number) && !(number instanceof BigDecimal)) {
      throw unsupported(number);
    }
    text.append(number);
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
        || value instanceof BigInteger;
  }

  private static String key(@Nullable Object key) {
    if (key == null) {
      throw new IllegalArgumentException("a map with the key null: use a key that has a text");
    }
    if (key instanceof CharSequence || isWhole(key)) return key.toString();
    if (key instanceof byte[] || key instanceof Number || key instanceof Boolean) throw keyless(key);
    return scalar(key);
  }

  private static UnsupportedTypeException keyless(Object key) {
    return new UnsupportedTypeException(
        List.of(
            "a map with a key of type " + key.getClass().getSimpleName()
                + ": use String, an enum, a whole number or UUID as its key"));
  }

  private static String scalar(Object value) {
    if (value instanceof Enum<?> constant) return constant.name();
    if (value instanceof byte[] bytes) return Base64.getEncoder().encodeToString(bytes);
    Optional<String> unsupported = MessageType.unsupported(value.getClass());
    if (unsupported.isPresent() || value instanceof Record) throw unsupported(value);
    return value.toString();
  }

  private static UnsupportedTypeException unsupported(Object value) {
    return new UnsupportedTypeException(
        List.of(MessageType.unsupported(value.getClass()).orElseGet(() -> value.getClass().getName())));
  }

  private void string(CharSequence value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each >= ' ' && each != '"' && each != '\\' && !isHalf(value, i)) {
        text.append(each);
      } else {
        escape(each);
      }
    }
    text.append('"');
  }

  /** Whether a character is one half of a surrogate pair without the other, which UTF-8 cannot hold. */
  private static boolean isHalf(CharSequence value, int i) {
    char each = value.charAt(i);
    if (!Character.isSurrogate(each)) return false;
    return Character.isHighSurrogate(each)
        ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(value.charAt(i - 1));
  }

  private void escape(char each) {
    text.append('\\');
    switch (each) {
      case '"', '\\' -> text.append(each);
      case '\n' -> text.append('n');
      case '\r' -> text.append('r');
      case '\t' -> text.append('t');
      case '\b' -> text.append('b');
      case '\f' -> text.append('f');
      default -> {
        String digits = Integer.toHexString(each);
        text.append("u").append("0".repeat(4 - digits.length())).append(digits);
      }
    }
  }
}
