package dev.pinion.inspect;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a variable may hold. Immutable. */
final class Value {
  /** Null, or a value that no path gives. */
  static final Value NOTHING = new Value(Set.of(), false);
  /** Only what is not followed. */
  static final Value OTHER = new Value(Set.of(), true);

  private final Set<Obj> objects;
  private final boolean other;
  /** Of a set that may have thousands of objects; 0 until somebody asks. */
  private int hash;

  private Value(Set<Obj> objects, boolean other) {
    this.objects = objects;
    this.other = other;
  }

  /** What is followed, in the order in which it was found. */
  Set<Obj> objects() {
    return objects;
  }

  /** Whether it may also be something in which nothing of the app's is, such as a number or a text. */
  boolean other() {
    return other;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object || (object instanceof Value same && other == same.other && hashCode() == same.hashCode()
        && objects.equals(same.objects));
  }

  @Override
  public int hashCode() {
    if (hash == 0) hash = objects.hashCode() * 31 + Boolean.hashCode(other);
    return hash;
  }

  @Override
  public String toString() {
    return objects + (other ? " or other" : "");
  }

  static Value of(Obj object) {
    return new Value(Set.of(object), false);
  }

  static Value of(Collection<? extends Obj> objects, boolean other) {
    return new Value(Collections.unmodifiableSet(new LinkedHashSet<>(objects)), other);
  }

  Value or(Value more) {
    if (includes(more)) return this;
    if (more.includes(this)) return more;
    LinkedHashSet<Obj> both = new LinkedHashSet<>(objects);
    both.addAll(more.objects);
    return new Value(Collections.unmodifiableSet(both), other || more.other);
  }

  boolean includes(Value less) {
    return (other || !less.other) && objects.containsAll(less.objects);
  }

  /** The same without the objects that fail a test. */
  Value only(Predicate<Obj> test) {
    return objects.stream().allMatch(test) ? this : of(objects.stream().filter(test).toList(), other);
  }

  /** The same where a number counts as any: one that is known may become an object, and is not followed there. */
  Value withoutNumbers() {
    if (objects.stream().noneMatch(Obj.Choice.class::isInstance)) return this;
    return of(objects.stream().filter(each -> !(each instanceof Obj.Choice)).toList(), true);
  }

  /** The same, of which everything that matters is followed. */
  Value followed() {
    return other ? new Value(objects, false) : this;
  }

  boolean isNothing() {
    return objects.isEmpty() && !other;
  }

  /** Whether it can be one thing only. */
  boolean isOne() {
    return objects.size() == 1 && !other && !(objects.iterator().next() instanceof Obj.Unknown);
  }
}
