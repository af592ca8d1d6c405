package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.Attribute.Step;
import dev.pinion.AttributeValue;
import dev.pinion.ValidationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Document paths: what they lead to in a row, and which of them DynamoDB takes. */
final class Paths {
  private static final int DEPTH_LIMIT = 32;

  private Paths() {}

  /** What a path leads to; null where the row has no such place. */
  static @Nullable AttributeValue find(Map<String, AttributeValue> row, Attribute path) {
    var steps = path.steps();
    AttributeValue value = row.get(first(path));
    for (int i = 1; i < steps.size() && value != null; i++) {
      value =
          switch (steps.get(i)) {
            case Step.Name(String name) ->
                value instanceof AttributeValue.M(var values) ? values.get(name) : null;
            case Step.Index(int index) ->
                value instanceof AttributeValue.L(var values) && index < values.size()
                    ? values.get(index)
                    : null;
          };
    }
    return value;
  }

  /** The name of the attribute that a path begins with. */
  static String first(Attribute path) {
    return ((Step.Name) path.steps().getFirst()).name();
  }

  /** Refuses a path that is too deep. */
  static void check(Attribute path, ExpressionKind kind) {
    int depth = path.steps().size();
    if (depth > DEPTH_LIMIT) {
      throw kind.invalid(
          "The document path has too many nesting levels; nesting levels: " + depth);
    }
    for (Step step : path.steps()) {
      switch (step) {
        case Step.Name(String name) -> {
          if (name.isEmpty()) {
            throw new ValidationException(
                "ExpressionAttributeNames contains invalid value: Empty attribute name");
          }
        }
        case Step.Index(int index) -> {
          if (index < 0) {
            throw kind.invalid(
                "List index is not within the allowable range; index: [" + index + "]");
          }
        }
      }
    }
  }
}
