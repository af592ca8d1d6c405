package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bs;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.AttributeValue.N;
import dev.pinion.AttributeValue.Ns;
import dev.pinion.AttributeValue.Ss;
import dev.pinion.ValidationException;
import dev.pinion.spi.ValueCheck;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** {@code ADD} and {@code DELETE}: numbers that grow, sets that gain and lose elements. */
final class SetArithmetic {
  private SetArithmetic() {}

  /** A number and another, or a set with more elements; starts from nothing where there is no value. */
  static AttributeValue add(@Nullable AttributeValue value, AttributeValue more) {
    if (value == null) {
      return more;
    }
    return switch (value) {
      case N(BigDecimal number) when more instanceof N(BigDecimal other) -> sum(number, other);
      case Ss(var all) when more instanceof Ss(var others) -> new Ss(union(all, others));
      case Ns(var all) when more instanceof Ns(var others) -> new Ns(union(all, others));
      case Bs(var all) when more instanceof Bs(var others) -> new Bs(union(all, others));
      default -> throw incorrectType();
    };
  }

  /** A set without some elements; null when none are left. */
  static @Nullable AttributeValue delete(@Nullable AttributeValue value, AttributeValue less) {
    return switch (value) {
      case null -> null;
      case Ss(var all) when less instanceof Ss(var others) -> {
        SequencedSet<String> rest = without(all, others);
        yield rest.isEmpty() ? null : new Ss(rest);
      }
      case Ns(var all) when less instanceof Ns(var others) -> {
        SequencedSet<BigDecimal> rest = without(all, others);
        yield rest.isEmpty() ? null : new Ns(rest);
      }
      case Bs(var all) when less instanceof Bs(var others) -> {
        SequencedSet<Bytes> rest = without(all, others);
        yield rest.isEmpty() ? null : new Bs(rest);
      }
      default -> throw incorrectType();
    };
  }

  private static <T> SequencedSet<T> union(Collection<T> all, Collection<T> others) {
    SequencedSet<T> union = new LinkedHashSet<>(all);
    union.addAll(others);
    return union;
  }

  private static <T> SequencedSet<T> without(Collection<T> all, Collection<T> others) {
    SequencedSet<T> rest = new LinkedHashSet<>(all);
    others.forEach(rest::remove);
    return rest;
  }

  /** The sum of two numbers, which must be within a number's precision and range. */
  static AttributeValue sum(BigDecimal left, BigDecimal right) {
    N sum = new N(left.add(right));
    ValueCheck.number(sum.value());
    return sum;
  }

  static ValidationException incorrectType() {
    return new ValidationException(
        "An operand in the update expression has an incorrect data type");
  }
}
