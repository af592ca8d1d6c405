package dev.pinion;

import java.util.List;

/**
 * A condition on a row: on the stored row when a row is written, or on each row that a query or scan returns.
 *
 * <p>A condition starts with an {@link Attribute}: {@code attribute("seats").greaterThan(0)}. Immutable.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     DynamoDB: condition and filter expressions</a>
 */
public sealed interface Condition {

  /** A comparison of two operands: strings by their UTF-8 bytes, binaries by unsigned bytes. */
  enum Comparison {
    /** Equal. */
    EQ("="),
    /** Not equal. */
    NE("<>"),
    /** Less than. */
    LT("<"),
    /** Less than or equal to. */
    LE("<="),
    /** Greater than. */
    GT(">"),
    /** Greater than or equal to. */
    GE(">=");

    private final String operator;

    Comparison(String operator) {
      this.operator = operator;
    }

    /** The operator in DynamoDB's expressions, such as {@code <=}. */
    public String operator() {
      return operator;
    }
  }

  /** A comparison of two operands. */
  record Compare(Operand left, Comparison comparison, Operand right) implements Condition {}

  /** {@code low <= operand <= high}. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {}

  /** The operand is one of a list of up to 100. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  /** The row has the attribute. */
  record Exists(Attribute attribute) implements Condition {}

  /** The row does not have the attribute. */
  record NotExists(Attribute attribute) implements Condition {}

  /** The operand has a type, given by DynamoDB's letters. */
  record HasType(Operand operand, String type) implements Condition {}

  /** The operand begins with a string or bytes. */
  record BeginsWith(Operand operand, Operand prefix) implements Condition {}

  /** The string contains a substring, or the set or list an element. */
  record Contains(Operand operand, Operand part) implements Condition {}

  /** Both conditions hold. */
  record And(Condition left, Condition right) implements Condition {}

  /** At least one condition holds. */
  record Or(Condition left, Condition right) implements Condition {}

  /** The condition does not hold. */
  record Not(Condition condition) implements Condition {}

  /** Returns a condition that holds if both conditions hold. */
  default Condition and(Condition other) {
    return new And(this, other);
  }

  /** Returns a condition that holds if at least one of the conditions holds. */
  default Condition or(Condition other) {
    return new Or(this, other);
  }

  /** Returns a condition that holds if this one does not. */
  default Condition not() {
    return new Not(this);
  }
}
