package dev.pinion;

import java.util.List;

/**
 * What must be true of a row: of the stored one when it is written, or of each one that a query or scan returns.
 *
 * <p>Conditions start from an {@link Attribute}: {@code attribute("seats").greaterThan(0)}. Immutable.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">
 *     DynamoDB: condition and filter expressions</a>
 */
public sealed interface Condition {

  /** How two operands compare; strings by UTF-8 bytes, binaries by unsigned bytes. */
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

  /** Two operands compared. */
  record Compare(Operand left, Comparison comparison, Operand right) implements Condition {}

  /** {@code low <= operand <= high}. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {}

  /** The operand is one of a list of up to 100. */
  record In(Operand operand, List<Operand> candidates) implements Condition {
    public In {
      candidates = List.copyOf(candidates);
    }
  }

  /** The attribute is there. */
  record Exists(Attribute attribute) implements Condition {}

  /** The attribute is not there. */
  record NotExists(Attribute attribute) implements Condition {}

  /** The attribute is of a type. */
  record HasType(Attribute attribute, String type) implements Condition {}

  /** The attribute begins with a string or bytes. */
  record BeginsWith(Attribute attribute, Operand prefix) implements Condition {}

  /** The string has a part, or the set or list an element. */
  record Contains(Attribute attribute, Operand part) implements Condition {}

  /** Both conditions hold. */
  record And(Condition left, Condition right) implements Condition {}

  /** At least one condition holds. */
  record Or(Condition left, Condition right) implements Condition {}

  /** The condition does not hold. */
  record Not(Condition condition) implements Condition {}

  /** Both conditions. */
  default Condition and(Condition other) {
    return new And(this, other);
  }

  /** At least one of both conditions. */
  default Condition or(Condition other) {
    return new Or(this, other);
  }

  /** The opposite. */
  default Condition not() {
    return new Not(this);
  }
}
