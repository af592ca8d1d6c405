package dev.pinion;

import dev.pinion.Update.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * An attribute of a row, or a place within one: what conditions test, updates change and projections select.
 *
 * <p>Start with {@link #attribute(String)}; {@link #child} and {@link #at} lead into maps and lists. Any character may
 * stand in a name, reserved words too.
 *
 * @param steps the way from the row to the place; the first is a {@link Step.Name}
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.Attributes.html">DynamoDB:
 *     document paths</a>
 */
public record Attribute(List<Step> steps) implements Operand, Update.Expression {

  /** One step of the way. */
  public sealed interface Step {
    /** To an attribute of the row, or an entry of a map. */
    record Name(String name) implements Step {}

    /** To an element of a list, counted from 0. */
    record Index(int index) implements Step {
      public Index {
        if (index < 0) {
          throw new IllegalArgumentException("a list's elements are counted from 0, so there is none at " + index);
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

  /** A row's attribute. */
  public static Attribute attribute(String name) {
    return new Attribute(List.of(new Step.Name(name)));
  }

  /** An entry of this map. */
  public Attribute child(String name) {
    return step(new Step.Name(name));
  }

  /** An element of this list, counted from 0. */
  public Attribute at(int index) {
    return step(new Step.Index(index));
  }

  private Attribute step(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Attribute(longer);
  }

  /** Whether the row has this attribute, be it a null. */
  public Condition exists() {
    return new Condition.Exists(this);
  }

  /** Whether the row lacks this attribute. */
  public Condition notExists() {
    return new Condition.NotExists(this);
  }

  /** Whether the attribute has a type, in DynamoDB's letters such as {@code S} or {@code NULL}. */
  public Condition hasType(String type) {
    return new Condition.HasType(this, type);
  }

  /** Whether the string or binary begins so. */
  public Condition beginsWith(Object prefix) {
    return new Condition.BeginsWith(this, Operand.of(prefix));
  }

  /** Whether the string has this part, or the set or list this element. */
  public Condition contains(Object part) {
    return new Condition.Contains(this, Operand.of(part));
  }

  /** How large the attribute is; a condition on an attribute that has no size is false. */
  public Operand size() {
    return new Operand.Size(this);
  }

  /** Sets the attribute ({@code SET}): to a value, another attribute's value, or an {@link Expression}. */
  public Update set(Object value) {
    return new Update.Set(this, Expression.of(value));
  }

  /** Removes the attribute, or the list's element ({@code REMOVE}). */
  public Update remove() {
    return new Update.Remove(this);
  }

  /**
   * Adds to a number, or elements to a set, starting from 0 or an empty set ({@code ADD}).
   *
   * <p>On AWS a number may be added twice: when the answer to an update is lost on its way, the update is sent again,
   * as by AWS's own SDKs. Where that matters, make the update conditional on what it changes, such as a version
   * number or the id of the message, or use {@link Table#transactWriteItems}, which is repeated under one token and
   * done once.
   */
  public Update add(Object numberOrSet) {
    return new Update.Add(this, AttributeValue.of(numberOrSet));
  }

  /** Takes elements out of a set ({@code DELETE}). */
  public Update delete(java.util.Set<?> elements) {
    return new Update.Delete(this, AttributeValue.of(elements));
  }

  /** This attribute's value, or another where the row lacks it ({@code if_not_exists}). */
  public Expression orElse(Object value) {
    return new Expression.IfNotExists(this, Expression.of(value));
  }

  /** The path as DynamoDB's documentation writes it, such as {@code address.lines[0]}. */
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
