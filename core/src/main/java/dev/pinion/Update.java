package dev.pinion;

/**
 * One change of an attribute, created by a method of {@link Attribute}: {@code attribute("count").add(1)}. An {@link
 * Table#updateItem update} has one or more; all of them see the row as it was before. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     DynamoDB: update expressions</a>
 */
public sealed interface Update {

  /** The attribute to change. */
  Attribute attribute();

  /** {@code SET attribute = value}. */
  record Set(Attribute attribute, Expression value) implements Update {}

  /** {@code REMOVE attribute}. */
  record Remove(Attribute attribute) implements Update {}

  /** {@code ADD attribute value}: a number, or elements for a set. */
  record Add(Attribute attribute, AttributeValue value) implements Update {}

  /** {@code DELETE attribute value}: elements of a set. */
  record Delete(Attribute attribute, AttributeValue value) implements Update {}

  /** A value that an attribute can be set to. */
  sealed interface Expression
      permits Attribute,
      Operand.Value,
      Expression.IfNotExists,
      Expression.ListAppend,
      Expression.Plus,
      Expression.Minus {

    /** The value of the attribute, or the other expression if the row does not have it. */
    record IfNotExists(Attribute attribute, Expression otherwise) implements Expression {}

    /** The concatenation of two lists. */
    record ListAppend(Expression first, Expression second) implements Expression {}

    /** The sum of two numbers. */
    record Plus(Expression left, Expression right) implements Expression {}

    /** The difference of two numbers. */
    record Minus(Expression left, Expression right) implements Expression {}

    /** Converts an object to an expression: an expression stays as it is, values as in {@link AttributeValue#of}. */
    static Expression of(Object object) {
      return object instanceof Expression expression
          ? expression
          : new Operand.Value(AttributeValue.of(object));
    }

    /** The sum of this number and another. */
    default Expression plus(Object number) {
      return new Plus(this, of(number));
    }

    /** The difference of this number and another. */
    default Expression minus(Object number) {
      return new Minus(this, of(number));
    }

    /** This list followed by another ({@code list_append}). */
    default Expression append(Object list) {
      return new ListAppend(this, of(list));
    }

    /** This list preceded by another ({@code list_append}). */
    default Expression prepend(Object list) {
      return new ListAppend(of(list), this);
    }
  }
}
