package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Condition;
import dev.pinion.Condition.Comparison;
import dev.pinion.Operand;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Whether conditions hold for rows.
 *
 * <p>An operand that the row lacks is null here; it differs from everything and compares with nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     DynamoDB: condition and filter expressions</a>
 */
final class Conditions {
  private Conditions() {}

  /** Whether a condition holds for a row; for no row at all, pass an empty one. */
  static boolean hold(Condition condition, Map<String, AttributeValue> row) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) -> hold(left, row) && hold(right, row);
      case Condition.Or(Condition left, Condition right) -> hold(left, row) || hold(right, row);
      case Condition.Not(Condition inner) -> !hold(inner, row);
      case Condition.Compare(Operand left, Comparison comparison, Operand right) ->
          compare(value(left, row), comparison, value(right, row));
      case Condition.Between(Operand operand, Operand low, Operand high) -> {
        AttributeValue value = value(operand, row);
        yield compare(value, Comparison.GE, value(low, row))
            && compare(value, Comparison.LE, value(high, row));
      }
      case Condition.In(Operand operand, var candidates) -> {
        AttributeValue value = value(operand, row);
        yield candidates.stream()
            .anyMatch(each -> compare(value, Comparison.EQ, value(each, row)));
      }
      case Condition.Exists(Attribute attribute) -> Paths.find(row, attribute) != null;
      case Condition.NotExists(Attribute attribute) -> Paths.find(row, attribute) == null;
      case Condition.HasType(Operand operand, String type) -> {
        AttributeValue value = value(operand, row);
        yield value != null && value.type().equals(type);
      }
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          beginsWith(value(operand, row), value(prefix, row));
      case Condition.Contains(Operand operand, Operand part) -> contains(value(operand, row), value(part, row));
    };
  }

  private static @Nullable AttributeValue value(Operand operand, Map<String, AttributeValue> row) {
    return switch (operand) {
      case Attribute path -> Paths.find(row, path);
      case Operand.Value(AttributeValue value) -> value;
      case Operand.Size(Operand sized) -> {
        AttributeValue value = value(sized, row);
        OptionalInt size = value == null ? OptionalInt.empty() : size(value);
        yield size.isPresent()
            ? new AttributeValue.N(BigDecimal.valueOf(size.getAsInt()))
            : null;
      }
    };
  }

  private static OptionalInt size(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> OptionalInt.of(text.length());
      case AttributeValue.B(Bytes bytes) -> OptionalInt.of(bytes.length());
      case AttributeValue.L(var values) -> OptionalInt.of(values.size());
      case AttributeValue.M(var values) -> OptionalInt.of(values.size());
      case AttributeValue.Ss(var values) -> OptionalInt.of(values.size());
      case AttributeValue.Ns(var values) -> OptionalInt.of(values.size());
      case AttributeValue.Bs(var values) -> OptionalInt.of(values.size());
      case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _ -> OptionalInt.empty();
    };
  }

  private static boolean compare(
      @Nullable AttributeValue left, Comparison comparison, @Nullable AttributeValue right) {
    if (left == null || right == null) {
      return comparison == Comparison.NE;
    }
    return switch (comparison) {
      case EQ -> left.equals(right);
      case NE -> !left.equals(right);
      case LT -> ordered(left, right) && order(left, right) < 0;
      case LE -> ordered(left, right) && order(left, right) <= 0;
      case GT -> ordered(left, right) && order(left, right) > 0;
      case GE -> ordered(left, right) && order(left, right) >= 0;
    };
  }

  private static boolean ordered(AttributeValue left, AttributeValue right) {
    return left.getClass() == right.getClass()
        && (left instanceof AttributeValue.S
            || left instanceof AttributeValue.N
            || left instanceof AttributeValue.B);
  }

  /** The order of two values of one ordered type: numbers by size, strings by UTF-8, binaries by unsigned bytes. */
  static int order(AttributeValue left, AttributeValue right) {
    if (left instanceof AttributeValue.S(String a) && right instanceof AttributeValue.S(String b)) {
      return Arrays.compareUnsigned(
          a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    } else
      if (left instanceof AttributeValue.N(BigDecimal a)
          && right instanceof AttributeValue.N(BigDecimal b)) {
            return a.compareTo(b);
          } else
        if (left instanceof AttributeValue.B(Bytes a)
            && right instanceof AttributeValue.B(Bytes b)) {
              return a.compareTo(b);
            }
    throw new IllegalArgumentException(left.type() + " and " + right.type() + " have no order");
  }

  private static boolean beginsWith(
      @Nullable AttributeValue value, @Nullable AttributeValue prefix) {
    if (value instanceof AttributeValue.S(String text)
        && prefix instanceof AttributeValue.S(String start)) {
      return text.startsWith(start);
    } else
      if (value instanceof AttributeValue.B(Bytes bytes)
          && prefix instanceof AttributeValue.B(Bytes start)) {
            return start.length() <= bytes.length() && matches(bytes.toArray(), start.toArray(), 0);
          }
    return false;
  }

  private static boolean contains(@Nullable AttributeValue value, @Nullable AttributeValue part) {
    if (value == null || part == null) {
      return false;
    }
    return switch (value) {
      case AttributeValue.S(String text) ->
          part instanceof AttributeValue.S(String inner) && text.contains(inner);
      case AttributeValue.B(Bytes bytes) ->
          part instanceof AttributeValue.B(Bytes inner)
              && contains(bytes.toArray(), inner.toArray());
      case AttributeValue.L(var values) -> values.contains(part);
      case AttributeValue.Ss(var values) ->
          part instanceof AttributeValue.S(String text) && values.contains(text);
      case AttributeValue.Ns(var values) ->
          part instanceof AttributeValue.N(BigDecimal number) && values.contains(number);
      case AttributeValue.Bs(var values) ->
          part instanceof AttributeValue.B(Bytes bytes) && values.contains(bytes);
      case AttributeValue.N _, AttributeValue.Bool _, AttributeValue.Null _, AttributeValue.M _ ->
          false;
    };
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (matches(bytes, part, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, byte[] part, int at) {
    return Arrays.equals(bytes, at, at + part.length, part, 0, part.length);
  }
}
