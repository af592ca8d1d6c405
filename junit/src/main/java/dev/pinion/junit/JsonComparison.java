package dev.pinion.junit;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** JSON as tests compare it: the order of members and the form of numbers do not matter. */
final class JsonComparison {
  static final RecordCodec CODEC = new RecordCodec();

  private JsonComparison() {}

  /**
   * Returns where two texts differ; empty if they are the same JSON.
   *
   * @throws IllegalArgumentException if the expected text is not JSON
   */
  static Optional<String> difference(String expected, String actual) {
    Object wanted;
    try {
      wanted = CODEC.read(expected, Object.class);
    } catch (MismatchException e) {
      throw new IllegalArgumentException("the expected text is not JSON: " + e.getMessage() + ": " + expected, e);
    }
    try {
      return difference("", wanted, CODEC.read(actual, Object.class));
    } catch (MismatchException e) {
      return Optional.of("it is not JSON: " + e.getMessage());
    }
  }

  private static Optional<String> difference(String at, @Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> got) return members(at, wanted, got);
    if (expected instanceof List<?> wanted && actual instanceof List<?> got) {
      for (int i = 0; i < Math.min(wanted.size(), got.size()); i++) {
        Optional<String> different = difference(at + "[" + i + "]", wanted.get(i), got.get(i));
        if (different.isPresent()) return different;
      }
      return wanted.size() == got.size() ? Optional.empty()
          : Optional.of(place(at) + wanted.size() + " elements were expected, but it has " + got.size());
    }
    boolean same = Objects.equals(expected, actual);
    if (expected instanceof Number wanted && actual instanceof Number got) {
      same = number(wanted).compareTo(number(got)) == 0;
    }
    return same ? Optional.empty()
        : Optional.of(place(at) + written(expected) + " was expected, but it is " + written(actual));
  }

  private static Optional<String> members(String at, Map<?, ?> expected, Map<?, ?> actual) {
    for (Object name : expected.keySet()) {
      String place = at.isEmpty() ? String.valueOf(name) : at + "." + name;
      if (!actual.containsKey(name)) return Optional.of(place(place) + "it is missing");
      Optional<String> different = difference(place, expected.get(name), actual.get(name));
      if (different.isPresent()) return different;
    }
    TreeSet<String> more = new TreeSet<>();
    actual.keySet().forEach(name -> more.add(String.valueOf(name)));
    expected.keySet().forEach(name -> more.remove(String.valueOf(name)));
    return more.isEmpty() ? Optional.empty() : Optional.of(place(at) + "it also has " + String.join(", ", more));
  }

  private static String place(String at) {
    return at.isEmpty() ? "" : at + ": ";
  }

  private static String written(@Nullable Object value) {
    return value == null ? "null" : Transcript.shown(CODEC.write(value));
  }

  private static BigDecimal number(Number number) {
    return new BigDecimal(number.toString());
  }
}
