package dev.pinion.sim;

import dev.pinion.Attribute;
import dev.pinion.Attribute.Step;
import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.M;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies updates to a row: all of them see the row as it was before.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     DynamoDB: update expressions</a>
 */
final class Updates {
  private static final Comparator<Update> BY_ELEMENT = Comparator.comparingInt(update -> element(update.attribute()));

  private Updates() {}

  static SequencedMap<String, AttributeValue> apply(
      List<Update> updates, Map<String, AttributeValue> before, KeySchema key) {
    PathTree<Update> paths = new PathTree<>();
    for (Update update : updates) {
      Paths.check(update.attribute(), ExpressionKind.UPDATE);
      paths.add(update.attribute(), update, ExpressionKind.UPDATE);
      String name = Paths.first(update.attribute());
      if (key.has(name)) {
        throw new ValidationException(
            "One or more parameter values were invalid: Cannot update attribute " + name
                + ". This attribute is part of the key");
      }
    }
    SequencedMap<String, AttributeValue> row = new LinkedHashMap<>(before);
    for (Update update : updates.stream().filter(each -> !removes(each)).sorted(BY_ELEMENT).toList()) {
      put(row, update.attribute(), UpdateValues.after(update, before));
    }
    for (Update update : updates.stream().filter(Updates::removes).sorted(BY_ELEMENT.reversed()).toList()) {
      put(row, update.attribute(), null);
    }
    return row;
  }

  private static boolean removes(Update update) {
    return update instanceof Update.Remove;
  }

  /** The list position that a path ends with: elements are set from the first to the last, and removed in reverse. */
  private static int element(Attribute path) {
    return path.steps().getLast() instanceof Step.Index(int index) ? index : 0;
  }

  private static void put(
      SequencedMap<String, AttributeValue> row, Attribute path, @Nullable AttributeValue value) {
    put(row, Paths.first(path), path.steps(), 1, value);
  }

  private static void put(
      SequencedMap<String, AttributeValue> map, String name, List<Step> steps, int at, @Nullable AttributeValue value) {
    AttributeValue next = at == steps.size() ? value : within(map.get(name), steps, at, value);
    if (next == null) {
      map.remove(name);
    } else {
      map.put(name, next);
    }
  }

  private static AttributeValue within(
      @Nullable AttributeValue container, List<Step> steps, int at, @Nullable AttributeValue value) {
    if (container instanceof M(var values) && steps.get(at) instanceof Step.Name(String name)) {
      SequencedMap<String, AttributeValue> copy = new LinkedHashMap<>(values);
      put(copy, name, steps, at + 1, value);
      return new M(copy);
    } else if (container instanceof L(var values) && steps.get(at) instanceof Step.Index(int index)) {
      List<AttributeValue> copy = new ArrayList<>(values);
      boolean there = index < copy.size();
      if (at + 1 < steps.size()) {
        copy.set(there ? index : missing(), within(there ? copy.get(index) : null, steps, at + 1, value));
      } else if (value == null) {
        if (there) {
          copy.remove(index);
        }
      } else if (there) {
        copy.set(index, value);
      } else {
        copy.add(value);
      }
      return new L(copy);
    }
    missing();
    throw new AssertionError("a path that leads nowhere is refused");
  }

  private static int missing() {
    throw new ValidationException("The document path provided in the update expression is invalid for update");
  }
}
