package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Attribute.Step;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.M;
import dev.pinion.AttributeValue.N;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.Update.Expression;
import dev.pinion.ValidationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Updates applied to a row. All of them see the row as it was before.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     DynamoDB: update expressions</a>
 */
final class Updates {
  private final Map<String, AttributeValue> before;

  private Updates(Map<String, AttributeValue> before) {
    this.before = before;
  }

  /**
   * The row after the updates.
   *
   * @throws ValidationException when an update does not fit the row
   */
  static SequencedMap<String, AttributeValue> apply(
      PathTree<Update> updates, Map<String, AttributeValue> before) {
    return new Updates(before).map(before, updates);
  }

  private SequencedMap<String, AttributeValue> map(
      Map<String, AttributeValue> values, PathTree<Update> updates) {
    SequencedMap<String, AttributeValue> changed = new LinkedHashMap<>(values);
    updates
        .children()
        .forEach(
            (step, rest) -> {
              String name = ((Step.Name) step).name();
              AttributeValue value = changed(values.get(name), rest);
              if (value == null) {
                changed.remove(name);
              } else {
                changed.put(name, value);
              }
            });
    return changed;
  }

  /** Elements past the list's end are appended in the order of their indexes; removed ones leave no gap. */
  private List<AttributeValue> list(List<AttributeValue> values, PathTree<Update> updates) {
    List<@Nullable AttributeValue> changed = new ArrayList<>(values);
    Map<Integer, PathTree<Update>> byIndex = new TreeMap<>();
    updates.children().forEach((step, rest) -> byIndex.put(((Step.Index) step).index(), rest));
    byIndex.forEach(
        (index, rest) -> {
          boolean there = index < values.size();
          AttributeValue value = changed(there ? values.get(index) : null, rest);
          if (there) {
            changed.set(index, value);
          } else if (value != null) {
            changed.add(value);
          }
        });
    return changed.stream().filter(Objects::nonNull).toList();
  }

  private @Nullable AttributeValue changed(
      @Nullable AttributeValue value, PathTree<Update> updates) {
    Update update = updates.end();
    if (update == null) {
      return switch (value) {
        case M(var values) when !updates.isList() -> new M(map(values, updates));
        case L(var values) when updates.isList() -> new L(list(values, updates));
        case null, default ->
            throw new ValidationException(
                "The document path provided in the update expression is invalid for update");
      };
    }
    return switch (update) {
      case Update.Set(_, Expression expression) -> value(expression);
      case Update.Remove _ -> null;
      case Update.Add(_, AttributeValue more) -> SetArithmetic.add(value, more);
      case Update.Delete(_, AttributeValue less) -> SetArithmetic.delete(value, less);
    };
  }

  private AttributeValue value(Expression expression) {
    return switch (expression) {
      case Operand.Value(AttributeValue value) -> value;
      case Attribute path -> {
        AttributeValue value = Paths.find(before, path);
        if (value == null) {
          throw new ValidationException(
              "The provided expression refers to an attribute that does not exist in the item");
        }
        yield value;
      }
      case Expression.IfNotExists(Attribute path, Expression otherwise) -> {
        AttributeValue value = Paths.find(before, path);
        AttributeValue fallback = value(otherwise); // asked in any case, as DynamoDB does
        yield value == null ? fallback : value;
      }
      case Expression.ListAppend(Expression first, Expression second) -> {
        List<AttributeValue> both = new ArrayList<>(operand(first, L.class).values());
        both.addAll(operand(second, L.class).values());
        yield new L(both);
      }
      case Expression.Plus(Expression left, Expression right) ->
          SetArithmetic.sum(operand(left, N.class).value(), operand(right, N.class).value());
      case Expression.Minus(Expression left, Expression right) ->
          SetArithmetic.sum(
              operand(left, N.class).value(), operand(right, N.class).value().negate());
    };
  }

  private <T extends AttributeValue> T operand(Expression expression, Class<T> type) {
    AttributeValue value = value(expression);
    if (!type.isInstance(value)) {
      throw SetArithmetic.incorrectType();
    }
    return type.cast(value);
  }
}
