package dev.pinion.spi;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import java.util.List;

/** What DynamoDB rejects in the size of an update before it evaluates the condition. */
public final class UpdateSize {
  private UpdateSize() {}

  /**
   * Checks an update.
   *
   * @throws ValidationException if its attributes alone exceed a row
   */
  public static void check(List<Update> updates) {
    long bytes = 0;
    for (Update update : updates) {
      bytes += switch (update) {
        case Update.Set(Attribute attribute, Update.Expression value) -> name(attribute) + bytes(value);
        case Update.Add(Attribute attribute, AttributeValue value) -> name(attribute) + ItemSize.of(value);
        case Update.Remove _, Update.Delete _ -> 0;
      };
    }
    if (bytes > ItemSize.LIMIT) {
      throw new ValidationException("Item size to update has exceeded the maximum allowed size");
    }
  }

  private static long name(Attribute attribute) {
    return attribute.steps().getFirst() instanceof Attribute.Step.Name(String name) ? ItemSize.utf8(name) : 0;
  }

  private static long bytes(Update.Expression expression) {
    return switch (expression) {
      case Operand.Value(AttributeValue value) -> ItemSize.of(value);
      case Update.Expression.ListAppend(Update.Expression first, Update.Expression second) ->
          bytes(first) + bytes(second);
      default -> 0;
    };
  }
}
