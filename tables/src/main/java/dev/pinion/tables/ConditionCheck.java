package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Condition.Comparison;
import dev.pinion.Operand;
import dev.pinion.spi.ValueCheck;
import java.util.List;
import java.util.Set;

/**
 * What DynamoDB refuses in a condition before it looks at any row.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     DynamoDB: condition and filter expressions</a>
 */
final class ConditionCheck {
  private static final int CANDIDATES_LIMIT = 100;
  private static final int OPERATORS_LIMIT = 300;
  private static final Set<String> TYPES =
      Set.of("B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M");
  private static final Set<String> SIZED = Set.of("S", "B", "SS", "NS", "BS", "L", "M");

  private final ExpressionKind kind;
  private int operators;

  private ConditionCheck(ExpressionKind kind) {
    this.kind = kind;
  }

  /**
   * Refuses a condition that no row could be asked.
   *
   * @param kind what the condition is used as
   */
  static void check(Condition condition, ExpressionKind kind) {
    ConditionCheck check = new ConditionCheck(kind);
    check.check(condition);
    if (check.operators > OPERATORS_LIMIT) {
      throw kind.invalid(
          "The expression contains too many operators; operator count: " + check.operators);
    }
  }

  private void check(Condition condition) {
    operators++;
    switch (condition) {
      case Condition.And(Condition left, Condition right) -> {
        check(left);
        check(right);
      }
      case Condition.Or(Condition left, Condition right) -> {
        check(left);
        check(right);
      }
      case Condition.Not(Condition inner) -> check(inner);
      case Condition.Compare(Operand left, Comparison comparison, Operand right) ->
          compare(left, comparison, right);
      case Condition.Between(Operand operand, Operand low, Operand high) ->
          between(operand, low, high);
      case Condition.In(Operand operand, var candidates) -> in(operand, candidates);
      case Condition.Exists(Attribute attribute) -> operand(attribute);
      case Condition.NotExists(Attribute attribute) -> operand(attribute);
      case Condition.HasType(Operand operand, String type) -> hasType(operand, type);
      case Condition.BeginsWith(Operand operand, Operand prefix) -> {
        operand(operand);
        operand(prefix);
        type("begins_with", operand, Set.of("S", "B"));
        type("begins_with", prefix, Set.of("S", "B"));
        distinct("begins_with", operand, List.of(prefix));
      }
      case Condition.Contains(Operand operand, Operand part) -> {
        operand(operand);
        operand(part);
        distinct("contains", operand, List.of(part));
      }
    }
  }

  private void compare(Operand left, Comparison comparison, Operand right) {
    operand(left);
    operand(right);
    String sign = comparison.operator();
    if (comparison != Comparison.EQ && comparison != Comparison.NE) {
      ordered(sign, left);
      ordered(sign, right);
    }
    distinct(sign, left, List.of(right));
  }

  private void between(Operand operand, Operand low, Operand high) {
    List.of(operand, low, high)
        .forEach(
            each -> {
              operand(each);
              ordered("BETWEEN", each);
            });
    if (low instanceof Operand.Value(AttributeValue from)
        && high instanceof Operand.Value(AttributeValue to)) {
      bounds(from, to, kind);
    }
    distinct("BETWEEN", operand, List.of(low, high));
  }

  /** Refuses bounds of different types or in the wrong order. */
  static void bounds(AttributeValue low, AttributeValue high, ExpressionKind kind) {
    boolean sameType = low.type().equals(high.type());
    if (!sameType || Conditions.order(low, high) > 0) {
      throw kind.invalid(
          (sameType
              ? "The BETWEEN operator requires upper bound to be greater than or equal to lower bound"
              : "The BETWEEN operator requires same data type for lower and upper bounds")
              + "; lower bound operand: AttributeValue: "
              + Literal.text(low)
              + ", upper bound operand: AttributeValue: "
              + Literal.text(high));
    }
  }

  private void in(Operand operand, List<Operand> candidates) {
    operand(operand);
    candidates.forEach(this::operand);
    if (candidates.size() > CANDIDATES_LIMIT) {
      throw kind.invalid(
          "The IN operator is provided with too many operands; number of operands: "
              + candidates.size());
    }
    distinct("IN", operand, candidates);
  }

  private void hasType(Operand operand, String type) {
    operand(operand);
    if (!TYPES.contains(type)) {
      throw kind.invalid(
          "Invalid attribute type name found; type: "
              + type
              + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
    }
  }

  private void operand(Operand operand) {
    switch (operand) {
      case Attribute path -> Paths.check(path, kind);
      case Operand.Size(Operand sized) -> {
        operators++;
        operand(sized);
        type("size", sized, SIZED);
      }
      case Operand.Value(AttributeValue value) -> ValueCheck.operand(value);
    }
  }

  private void ordered(String operator, Operand operand) {
    type(operator, operand, Set.of("S", "N", "B"));
  }

  private void type(String operator, Operand operand, Set<String> allowed) {
    String type =
        switch (operand) {
          case Operand.Value(AttributeValue value) -> value.type();
          case Operand.Size _ -> "N";
          case Attribute _ -> "";
        };
    if (!type.isEmpty() && !allowed.contains(type)) {
      throw operandType(kind, operator, type);
    }
  }

  /** The refusal of a value of a type that an operator does not take. */
  static RuntimeException operandType(ExpressionKind kind, String operator, String type) {
    return kind.invalid(
        "Incorrect operand type for operator or function; operator or function: "
            + operator
            + ", operand type: "
            + type);
  }

  private void distinct(String operator, Operand first, List<Operand> others) {
    if (first instanceof Attribute path && others.contains(first)) {
      throw kind.invalid(
          "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              + operator
              + ", first operand: "
              + PathTree.text(path));
    }
  }
}
