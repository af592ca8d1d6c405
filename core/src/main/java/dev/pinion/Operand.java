package dev.pinion;

import dev.pinion.Condition.Between;
import dev.pinion.Condition.Compare;
import dev.pinion.Condition.Comparison;
import dev.pinion.Condition.In;
import java.util.List;
import java.util.stream.Stream;

/**
 * One side of a comparison: an {@link Attribute}, its size, or a value. An argument of type {@code Object} is another
 * operand, or a value that is converted as in {@link AttributeValue#of}.
 */
public sealed interface Operand permits Attribute, Operand.Size, Operand.Value {

  /** A constant value. */
  record Value(AttributeValue value) implements Operand, Update.Expression {}

  /** The size of an operand: UTF-8 bytes of a string, bytes of a binary, elements of a list, map or set. */
  record Size(Operand operand) implements Operand {}

  /** Converts an object to an operand. */
  static Operand of(Object object) {
    return object instanceof Operand operand ? operand : new Value(AttributeValue.of(object));
  }

  /** Tests that both sides have the same type and are equal. */
  default Condition equalTo(Object other) {
    return new Compare(this, Comparison.EQ, of(other));
  }

  /** Tests that the sides differ in value or type. */
  default Condition notEqualTo(Object other) {
    return new Compare(this, Comparison.NE, of(other));
  }

  /** Tests that this side is smaller; false if the types differ. */
  default Condition lessThan(Object other) {
    return new Compare(this, Comparison.LT, of(other));
  }

  /** Tests that this side is smaller or equal; false if the types differ. */
  default Condition atMost(Object other) {
    return new Compare(this, Comparison.LE, of(other));
  }

  /** Tests that this side is larger; false if the types differ. */
  default Condition greaterThan(Object other) {
    return new Compare(this, Comparison.GT, of(other));
  }

  /** Tests that this side is larger or equal; false if the types differ. */
  default Condition atLeast(Object other) {
    return new Compare(this, Comparison.GE, of(other));
  }

  /** Tests that this side is at least {@code low} and at most {@code high}. */
  default Condition between(Object low, Object high) {
    return new Between(this, of(low), of(high));
  }

  /** Tests that this side equals one of up to 100 others. */
  default Condition in(Object first, Object... others) {
    List<Operand> all =
        Stream.concat(Stream.of(first), Stream.of(others)).map(Operand::of).toList();
    return new In(this, all);
  }
}
