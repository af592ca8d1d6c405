package dev.pinion;

/**
 * One change of a row's attribute, made with {@link Attribute}'s methods: {@code attribute("count").add(1)}. Several
 * make up an {@link Table#updateItem update}; all of them see the row as it was before. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     DynamoDB: update expressions</a>
 */
public sealed interface Update {

  /** The attribute that changes. */
  Attribute attribute();

  /** {@code SET attribute = value}. */
  record Set(Attribute attribute, Expression value) implements Update {}

  /** {@code REMOVE attribute}. */
  record Remove(Attribute attribute) implements Update {}

  /** {@code ADD attribute value}: a number, or elements for a set. */
  record Add(Attribute attribute, AttributeValue value) implements Update {}

  /** {@code DELETE attribute value}: elements of a set. */
  record Delete(Attribute attribute, AttributeValue value) implements Update {}

  /** What an attribute can be set to. */
  sealed interface Expression
      permits Attribute,
      Operand.Value,
      Expression.IfNotExists,
      Expression.ListAppend,
      Expression.Plus,
      Expression.Minus {

    /** The attribute's value, or the other expression's where the row lacks it. */
    record IfNotExists(Attribute attribute, Expression otherwise) implements Expression {}

    /** Two lists, one after the other. */
    record ListAppend(Expression first, Expression second) implements Expression {}

    /** The sum of two numbers. */
    record Plus(Expression left, Expression right) implements Expression {}

    /** The difference of two numbers. */
    record Minus(Expression left, Expression right) implements Expression {}

    /** The expression that an object stands for: itself, or a value as in {@link AttributeValue#of}. */
    static Expression of(Object object) {
      return object instanceof Expression expression
          ? expression
          : new Operand.Value(AttributeValue.of(object));
    }

    /** This number and another. */
    default Expression plus(Object number) {
      return new Plus(this, of(number));
    }

    /** This number less another. */
    default Expression minus(Object number) {
      return new Minus(this, of(number));
    }

    /** This list with another behind it ({@code list_append}). */
    default Expression append(Object list) {
      return new ListAppend(this, of(list));
    }

    /** This list with another before it ({@code list_append}). */
    default Expression prepend(Object list) {
      return new ListAppend(of(list), this);
    }
  }
}
