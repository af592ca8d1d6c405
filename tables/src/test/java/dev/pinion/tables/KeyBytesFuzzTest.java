package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.ValidationException;
import dev.pinion.spi.ValueCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for the bytes of keys, and the inputs that it has found. The first byte of an input is
 * the type of two values, the second the length of the first one. The bytes order as the values do, and no value's
 * bytes begin another's.
 */
public final class KeyBytesFuzzTest {

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/KeyBytes"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Compares two values. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) return;
    int cut = 2 + Math.min(input[1] & 0xFF, input.length - 2);
    byte[] first = Arrays.copyOfRange(input, 2, cut);
    byte[] second = Arrays.copyOfRange(input, cut, input.length);
    AttributeValue left = value(input[0] % 3, first);
    AttributeValue right = value(input[0] % 3, second);
    if (left == null || right == null) return;
    byte[] one = new KeyBytes().value(left).toArray();
    byte[] other = new KeyBytes().value(right).toArray();
    int order = Integer.signum(Arrays.compareUnsigned(one, other));
    if (order != order(left, right)) throw new AssertionError(left + " and " + right + " order as " + order);
    if (order != 0 && Arrays.mismatch(one, other) >= Math.min(one.length, other.length)) {
      throw new AssertionError(left + " begins " + right);
    }
  }

  private static @Nullable AttributeValue value(int type, byte[] bytes) {
    return switch (type) {
      case 0 -> new AttributeValue.S(new String(bytes, StandardCharsets.UTF_8));
      case 1 -> new AttributeValue.B(AttributeValue.Bytes.of(bytes));
      default -> number(bytes);
    };
  }

  private static @Nullable AttributeValue number(byte[] bytes) {
    if (bytes.length < 2) return null;
    AttributeValue number =
        new AttributeValue.N(new BigDecimal(new BigInteger(bytes, 1, bytes.length - 1), bytes[0]));
    try {
      ValueCheck.operand(number);
      return number;
    } catch (ValidationException refused) {
      return null;
    }
  }

  private static int order(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.N(BigDecimal one) && right instanceof AttributeValue.N(BigDecimal other)) {
      return one.compareTo(other);
    }
    return Integer.signum(Arrays.compareUnsigned(plain(left), plain(right)));
  }

  private static byte[] plain(AttributeValue value) {
    return value instanceof AttributeValue.S(String text)
        ? text.getBytes(StandardCharsets.UTF_8)
        : ((AttributeValue.B) value).value().toArray();
  }
}
