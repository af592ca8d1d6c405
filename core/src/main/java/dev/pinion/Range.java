package dev.pinion;

import dev.pinion.Condition.Comparison;

/** The condition of a {@link Query} on the range key. */
public sealed interface Range {
  /** A comparison of the range key with a value; never {@link Comparison#NE}. */
  record Compared(Comparison comparison, AttributeValue value) implements Range {}

  /** The range key is between two values, including both. */
  record Between(AttributeValue low, AttributeValue high) implements Range {}

  /** The range key begins with a string or bytes. */
  record BeginsWith(AttributeValue prefix) implements Range {}
}
