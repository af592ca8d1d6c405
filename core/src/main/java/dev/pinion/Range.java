package dev.pinion;

import dev.pinion.Condition.Comparison;

/** Which range keys a {@link Query} reads. */
public sealed interface Range {
  /** Range keys that compare so with a value; never {@link Comparison#NE}. */
  record Compared(Comparison comparison, AttributeValue value) implements Range {}

  /** Range keys from {@code low} to {@code high}, both included. */
  record Between(AttributeValue low, AttributeValue high) implements Range {}

  /** Range keys with a string or bytes in front. */
  record BeginsWith(AttributeValue prefix) implements Range {}
}
