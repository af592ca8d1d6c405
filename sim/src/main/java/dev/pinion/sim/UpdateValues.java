package dev.pinion.sim;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bs;
import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.N;
import dev.pinion.AttributeValue.Ns;
import dev.pinion.AttributeValue.Ss;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.Update.Expression;
import dev.pinion.ValidationException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** What an attribute is after an update, from the row as it was before. */
final class UpdateValues {
  private UpdateValues() {}

  /** The value after; null when the attribute is then not there. */
  static @Nullable AttributeValue after(Update update, Map<String, AttributeValue> row) {
    AttributeValue before = Paths.find(row, update.attribute());
    return switch (update) {
      case Update.Set(_, Expression value) -> value(value, row);
      case Update.Remove _ -> null;
      case Update.Add(_, AttributeValue value) -> added(before, value);
      case Update.Delete(_, AttributeValue value) -> before == null ? null : deleted(before, value);
    };
  }

  private static AttributeValue value(Expression expression, Map<String, AttributeValue> row) {
    return switch (expression) {
      case Operand.Value(AttributeValue value) -> value;
      case Attribute path -> there(Paths.find(row, path));
      case Expression.IfNotExists(Attribute path, Expression otherwise) -> {
        AttributeValue found = Paths.find(row, path);
        yield found == null ? value(otherwise, row) : found;
      }
      case Expression.ListAppend(Expression first, Expression second) -> {
        List<AttributeValue> all = new ArrayList<>(list(value(first, row)));
        all.addAll(list(value(second, row)));
        yield new L(all);
      }
      case Expression.Plus(Expression left, Expression right) ->
          number(number(value(left, row)).add(number(value(right, row))));
      case Expression.Minus(Expression left, Expression right) ->
          number(number(value(left, row)).subtract(number(value(right, row))));
    };
  }

  private static AttributeValue there(@Nullable AttributeValue value) {
    if (value == null) {
      throw new ValidationException(
          "The provided expression refers to an attribute that does not exist in the item");
    }
    return value;
  }

  private static List<AttributeValue> list(AttributeValue value) {
    if (value instanceof L(var values)) {
      return values;
    }
    throw wrongType();
  }

  private static BigDecimal number(AttributeValue value) {
    if (value instanceof N(BigDecimal number)) {
      return number;
    }
    throw wrongType();
  }

  private static AttributeValue number(BigDecimal number) {
    ValueCheck.number(number.stripTrailingZeros());
    return new N(number);
  }

  private static AttributeValue added(@Nullable AttributeValue before, AttributeValue value) {
    if (before == null && (value instanceof N || value instanceof Ss || value instanceof Ns || value instanceof Bs)) {
      return value;
    }
    return switch (value) {
      case N(BigDecimal more) when before instanceof N(BigDecimal number) -> number(number.add(more));
      case Ss(var more) when before instanceof Ss(var set) -> new Ss(union(set, more));
      case Ns(var more) when before instanceof Ns(var set) -> new Ns(union(set, more));
      case Bs(var more) when before instanceof Bs(var set) -> new Bs(union(set, more));
      default -> throw wrongType();
    };
  }

  private static @Nullable AttributeValue deleted(AttributeValue before, AttributeValue value) {
    return switch (value) {
      case Ss(var less) when before instanceof Ss(var set) -> filled(new Ss(without(set, less)), set.size(), less, set);
      case Ns(var less) when before instanceof Ns(var set) -> filled(new Ns(without(set, less)), set.size(), less, set);
      case Bs(var less) when before instanceof Bs(var set) -> filled(new Bs(without(set, less)), set.size(), less, set);
      default -> throw wrongType();
    };
  }

  private static @Nullable AttributeValue filled(
      AttributeValue rest, int size, SequencedSet<?> less, SequencedSet<?> set) {
    return size > 0 && less.containsAll(set) ? null : rest;
  }

  private static <T> SequencedSet<T> union(SequencedSet<T> set, SequencedSet<T> more) {
    SequencedSet<T> all = new LinkedHashSet<>(set);
    all.addAll(more);
    return all;
  }

  private static <T> SequencedSet<T> without(SequencedSet<T> set, SequencedSet<T> less) {
    SequencedSet<T> rest = new LinkedHashSet<>(set);
    rest.removeAll(less);
    return rest;
  }

  private static ValidationException wrongType() {
    return new ValidationException("An operand in the update expression has an incorrect data type");
  }
}
