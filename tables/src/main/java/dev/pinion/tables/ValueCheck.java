package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.ValidationException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What DynamoDB refuses in a value, wherever it stands: numbers past its precision or range, empty sets, nesting that
 * is too deep.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">
 *     DynamoDB: constraints</a>
 */
final class ValueCheck {
  private static final int DIGITS = 38;
  private static final int LARGEST_EXPONENT = 125;
  private static final int SMALLEST_EXPONENT = -130;
  private static final int DEPTH_LIMIT = 32;

  private ValueCheck() {}

  static void check(Map<String, AttributeValue> attributes) {
    attributes.forEach(
        (name, value) -> {
          if (name.isEmpty()) {
            throw new ValidationException(
                "One or more parameter values were invalid: Empty attribute name");
          }
          check(value);
        });
  }

  static void check(AttributeValue value) {
    check(value, 0);
  }

  private static void check(AttributeValue value, int depth) {
    if (depth >= DEPTH_LIMIT) {
      throw new ValidationException("Nesting Levels have exceeded supported limits");
    }
    switch (value) {
      case AttributeValue.N(BigDecimal number) -> number(number);
      case AttributeValue.Ns(var numbers) -> {
        filled(numbers.isEmpty(), "An number set ");
        numbers.forEach(ValueCheck::number);
      }
      case AttributeValue.Ss(var texts) -> filled(texts.isEmpty(), "An string set ");
      case AttributeValue.Bs(var all) -> filled(all.isEmpty(), "Binary sets ");
      case AttributeValue.L(var values) -> values.forEach(each -> check(each, depth + 1));
      case AttributeValue.M(var values) -> values.values().forEach(each -> check(each, depth + 1));
      case AttributeValue.S _, AttributeValue.B _, AttributeValue.Bool _, AttributeValue.Null _ -> {
      }
    }
  }

  private static void filled(boolean empty, String what) {
    if (empty) {
      throw new ValidationException(
          "One or more parameter values were invalid: "
              + what
              + (what.startsWith("Binary") ? "should not be empty" : " may not be empty"));
    }
  }

  /** Refuses a number past DynamoDB's precision or range. */
  static void number(BigDecimal number) {
    if (number.signum() == 0) {
      return;
    }
    if (number.precision() > DIGITS) {
      throw new ValidationException(
          "Attempting to store more than 38 significant digits in a Number");
    }
    int exponent = number.precision() - number.scale() - 1;
    if (exponent > LARGEST_EXPONENT) {
      throw new ValidationException(
          "Number overflow. Attempting to store a number with magnitude larger than supported range");
    } else if (exponent < SMALLEST_EXPONENT) {
      throw new ValidationException(
          "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }
  }
}
