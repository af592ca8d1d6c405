package dev.pinion;

import dev.pinion.Condition.Between;
import dev.pinion.Condition.Compare;
import dev.pinion.Condition.Comparison;
import dev.pinion.Condition.In;
import java.util.List;
import java.util.stream.Stream;

/**
 * A side of a comparison: an {@link Attribute}, its size, or a value. Where a method takes an {@code Object}, it may be
 * another operand, or a value as in {@link AttributeValue#of}.
 */
public sealed interface Operand permits Attribute, Operand.Size, Operand.Value {

  /** A value that is written into the request. */
  record Value(AttributeValue value) implements Operand, Update.Expression {}

  /** How large an attribute is: a string's UTF-8 bytes, a binary's bytes, a list's, map's or set's elements. */
  record Size(Attribute attribute) implements Operand {}

  /** The operand that an object stands for. */
  static Operand of(Object object) {
    return object instanceof Operand operand ? operand : new Value(AttributeValue.of(object));
  }

  /** Whether both sides are of the same type and equal. */
  default Condition equalTo(Object other) {
    return new Compare(this, Comparison.EQ, of(other));
  }

  /** Whether the sides differ in value or type. */
  default Condition notEqualTo(Object other) {
    return new Compare(this, Comparison.NE, of(other));
  }

  /** Whether this side is the smaller one; false when the types differ. */
  default Condition lessThan(Object other) {
    return new Compare(this, Comparison.LT, of(other));
  }

  /** Whether this side is the smaller one or both are equal; false when the types differ. */
  default Condition atMost(Object other) {
    return new Compare(this, Comparison.LE, of(other));
  }

  /** Whether this side is the larger one; false when the types differ. */
  default Condition greaterThan(Object other) {
    return new Compare(this, Comparison.GT, of(other));
  }

  /** Whether this side is the larger one or both are equal; false when the types differ. */
  default Condition atLeast(Object other) {
    return new Compare(this, Comparison.GE, of(other));
  }

  /** Whether this side is at least {@code low} and at most {@code high}. */
  default Condition between(Object low, Object high) {
    return new Between(this, of(low), of(high));
  }

  /** Whether this side equals one of up to 100 others. */
  default Condition in(Object first, Object... others) {
    List<Operand> all =
        Stream.concat(Stream.of(first), Stream.of(others)).map(Operand::of).toList();
    return new In(this, all);
  }
}
