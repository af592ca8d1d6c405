package dev.pinion;

import dev.pinion.Update.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute of a row, or an element within one. Conditions test it, updates change it, and projections select it.
 *
 * <p>Start with {@link #attribute(String)}; {@link #child} and {@link #at} select an entry of a map and an element of a
 * list. A name may contain any characters, and may be a reserved word.
 *
 * @param steps the path from the row to the attribute; the first step is a {@link Step.Name}
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html">DynamoDB:
 *     document paths</a>
 */
public record Attribute(List<Step> steps) implements Operand, Update.Expression {

  /** One step of a path. */
  public sealed interface Step {
    /** To an attribute of the row, or an entry of a map. */
    record Name(String name) implements Step {}

    /** To an element of a list, counted from 0. */
    record Index(int index) implements Step {
      public Index {
        if (index < 0) {
          throw new IllegalArgumentException("a list index is 0 or more, but is " + index);
        }
      }
    }
  }

  public Attribute {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !(steps.getFirst() instanceof Step.Name)) {
      throw new IllegalArgumentException("a path begins with an attribute's name");
    }
  }

  /** Returns the path of an attribute of the row. */
  public static Attribute attribute(String name) {
    return new Attribute(List.of(new Step.Name(name)));
  }

  /** Returns the path of an entry of this map. */
  public Attribute child(String name) {
    return step(new Step.Name(name));
  }

  /** Returns the path of an element of this list, counted from 0. */
  public Attribute at(int index) {
    return step(new Step.Index(index));
  }

  private Attribute step(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Attribute(longer);
  }

  /** Tests that the row has this attribute, even if its value is null. */
  public Condition exists() {
    return new Condition.Exists(this);
  }

  /** Tests that the row does not have this attribute. */
  public Condition notExists() {
    return new Condition.NotExists(this);
  }

  /** Tests the type of the attribute, given by DynamoDB's letters, such as {@code S} or {@code NULL}. */
  public Condition hasType(String type) {
    return new Condition.HasType(this, type);
  }

  /** Tests that the string or binary begins with a prefix. */
  public Condition beginsWith(Object prefix) {
    return new Condition.BeginsWith(this, Operand.of(prefix));
  }

  /** Tests that the string contains a substring, or the set or list an element. */
  public Condition contains(Object part) {
    return new Condition.Contains(this, Operand.of(part));
  }

  /** The size of the attribute. A condition on an attribute that has no size is false. */
  public Operand size() {
    return new Operand.Size(this);
  }

  /** Sets the attribute ({@code SET}) to a value, the value of another attribute, or an {@link Expression}. */
  public Update set(Object value) {
    return new Update.Set(this, Expression.of(value));
  }

  /** Removes the attribute, or the element of the list ({@code REMOVE}). */
  public Update remove() {
    return new Update.Remove(this);
  }

  /**
   * Adds to a number, or adds elements to a set ({@code ADD}). A missing attribute counts as 0 or an empty set.
   *
   * <p>On AWS a number may be added twice: when the answer to an update is lost on its way, the update is sent again,
   * as by AWS's own SDKs. Where that matters, make the update conditional on what it changes, such as a version
   * number or the id of the message, or use {@link Table#transactWriteItems}, which is repeated under one token and
   * done once.
   */
  public Update add(Object numberOrSet) {
    return new Update.Add(this, AttributeValue.of(numberOrSet));
  }

  /** Removes elements from a set ({@code DELETE}). */
  public Update delete(java.util.Set<?> elements) {
    return new Update.Delete(this, AttributeValue.of(elements));
  }

  /** The value of this attribute, or another value if the row does not have it ({@code if_not_exists}). */
  public Expression orElse(Object value) {
    return new Expression.IfNotExists(this, Expression.of(value));
  }

  /** The path in the notation of DynamoDB's documentation, such as {@code address.lines[0]}. */
  @Override
  public String toString() {
    StringBuilder path = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Step.Name(String name) -> path.append(path.isEmpty() ? "" : ".").append(name);
        case Step.Index(int index) -> path.append('[').append(index).append(']');
      }
    }
    return path.toString();
  }
}
