package dev.pinion.spi;

import dev.pinion.AttributeValue;
import dev.pinion.ValidationException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What DynamoDB rejects in a value, wherever it stands: numbers past its precision or range, empty sets, names of no or
 * too many bytes, nesting that is too deep. Text that is no Unicode, with half a surrogate pair, is rejected too: it
 * cannot be sent to DynamoDB, and would become other text on the way.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">
 *     DynamoDB: constraints</a>
 */
public final class ValueCheck {
  private static final int DIGITS = 38;
  private static final int LARGEST_EXPONENT = 125;
  private static final int SMALLEST_EXPONENT = -130;
  private static final int DEPTH_LIMIT = 32;
  private static final int NAME_LIMIT = 65_535;

  private ValueCheck() {}

  /**
   * Checks the attributes of a row or a key.
   *
   * @throws ValidationException for what DynamoDB rejects
   */
  public static void check(Map<String, AttributeValue> attributes) {
    attributes.forEach((name, value) -> {
      name(name);
      check(value, DEPTH_LIMIT);
    });
  }

  /**
   * Checks a value in an expression, which may be nested one level deeper than in a row.
   *
   * @throws ValidationException for what DynamoDB rejects
   */
  public static void operand(AttributeValue value) {
    check(value, DEPTH_LIMIT + 1);
  }

  /**
   * Checks an attribute's name.
   *
   * @throws ValidationException for what DynamoDB rejects
   */
  public static void name(String name) {
    if (name.isEmpty()) {
      throw new ValidationException("One or more parameter values were invalid: Empty attribute name");
    } else if (ItemSize.utf8(name) > NAME_LIMIT) {
      throw new ValidationException(
          "Attribute name is too large, must be less than " + (NAME_LIMIT + 1) + " bytes");
    }
    text(name);
  }

  private static void check(AttributeValue value, int levels) {
    if (levels == 0) {
      throw new ValidationException("Nesting Levels have exceeded supported limits");
    }
    switch (value) {
      case AttributeValue.S(String text) -> text(text);
      case AttributeValue.N(BigDecimal number) -> number(number);
      case AttributeValue.Ns(var numbers) -> {
        filled(numbers.isEmpty(), "An number set ");
        numbers.forEach(ValueCheck::number);
      }
      case AttributeValue.Ss(var texts) -> {
        filled(texts.isEmpty(), "An string set ");
        texts.forEach(ValueCheck::text);
      }
      case AttributeValue.Bs(var all) -> filled(all.isEmpty(), "Binary sets ");
      case AttributeValue.L(var values) -> values.forEach(each -> check(each, levels - 1));
      case AttributeValue.M(var values) -> values.forEach((name, each) -> {
        name(name);
        check(each, levels - 1);
      });
      case AttributeValue.B _, AttributeValue.Bool _, AttributeValue.Null _ -> {
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

  private static void text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new ValidationException(
              "One or more parameter values were invalid: a string is no Unicode text: it has half a surrogate pair, "
                  + "\\u%04x, at index %d".formatted((int) c, i));
        }
        i++;
      }
    }
  }

  /**
   * Checks a number.
   *
   * @throws ValidationException for one past DynamoDB's precision or range
   */
  public static void number(BigDecimal number) {
    if (number.signum() == 0) {
      return;
    }
    if (number.precision() > DIGITS) {
      throw new ValidationException(
          "Attempting to store more than 38 significant digits in a Number");
    }
    long exponent = (long) number.precision() - number.scale() - 1;
    if (exponent > LARGEST_EXPONENT) {
      throw new ValidationException(
          "Number overflow. Attempting to store a number with magnitude larger than supported range");
    } else if (exponent < SMALLEST_EXPONENT) {
      throw new ValidationException(
          "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    }
  }
}
