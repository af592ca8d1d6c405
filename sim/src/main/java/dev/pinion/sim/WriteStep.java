package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One write to one row, found well-formed: what remains is to look at the stored row.
 *
 * @param table the row's table
 * @param key the row's key as bytes
 * @param condition what must be true of the stored row
 * @param change what becomes of the row
 * @param size the bytes that the write brings along, as DynamoDB counts a transaction's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WriteStep(
    TableModel table, byte[] key, Optional<Condition> condition, RowChange change, int size) {

  /** What a write makes of the row that is there; null stands for no row. */
  interface RowChange {
    @Nullable
    Row of(@Nullable Row before);
  }

  /**
   * What a write did.
   *
   * @param before the row before it
   * @param after the row after it
   */
  record Done(@Nullable Row before, @Nullable Row after) {}

  /**
   * Checks all of a write that needs no stored row.
   *
   * @throws ValidationException when DynamoDB would refuse it as malformed
   */
  static WriteStep of(Write write, TableLayout layout) {
    return switch (write) {
      case Write.Put(TableModel table, Item item, Optional<Condition> condition) ->
          put(table, item, condition, layout);
      case Write.Delete(TableModel table, Key key, Optional<Condition> condition) -> {
        check(condition);
        yield new WriteStep(table, KeyCheck.key(layout, key), condition, _ -> null, size(key));
      }
      case Write.Check(TableModel table, Key key, Condition required) -> {
        check(Optional.of(required));
        yield new WriteStep(
            table, KeyCheck.key(layout, key), Optional.of(required), row -> row, size(key));
      }
      case Write.UpdateItem(TableModel table, Key key, List<Update> updates, Optional<Condition> condition) -> {
        PathTree<Update> tree = UpdateCheck.check(layout, updates);
        check(condition);
        byte[] bytes = KeyCheck.key(layout, key);
        yield new WriteStep(
            table, bytes, condition, row -> updated(layout, key, tree, row), size(key));
      }
    };
  }

  private static WriteStep put(
      TableModel table, Item item, Optional<Condition> condition, TableLayout layout) {
    ValueCheck.check(item.attributes());
    check(condition);
    byte[] key = KeyCheck.row(layout, item.attributes());
    Row row = new Row(item);
    if (row.size() > ItemSize.LIMIT) {
      throw new ValidationException("Item size has exceeded the maximum allowed size");
    }
    return new WriteStep(table, key, condition, _ -> row, row.size());
  }

  private static void check(Optional<Condition> condition) {
    condition.ifPresent(each -> ConditionCheck.check(each, ExpressionKind.CONDITION));
  }

  private static int size(Key key) {
    return ItemSize.of(key.attributes());
  }

  private static Row updated(
      TableLayout layout, Key key, PathTree<Update> updates, @Nullable Row before) {
    Map<String, AttributeValue> start =
        before == null ? key.values() : before.item().attributes();
    var attributes = Updates.apply(updates, start);
    ValueCheck.check(attributes);
    KeyCheck.indexes(layout, attributes);
    Row after = new Row(Item.of((Map<String, AttributeValue>) attributes));
    if (after.size() > ItemSize.LIMIT) {
      throw new ValidationException("Item size to update has exceeded the maximum allowed size");
    }
    return after;
  }

  /**
   * Does the write on a draft.
   *
   * @throws ConditionalCheckFailedException when the condition does not hold
   * @throws ValidationException when the change does not fit the row
   */
  @SuppressWarnings("ReferenceEquality") // a check hands back the very row
  Done apply(Draft draft) {
    Row before = draft.get(table, key);
    Map<String, AttributeValue> row = before == null ? Map.of() : before.item().attributes();
    if (condition.isPresent() && !Conditions.hold(condition.get(), row)) {
      throw new ConditionalCheckFailedException("The conditional request failed");
    }
    Row after = change.of(before);
    if (after == null) {
      draft.delete(table, key);
    } else if (after != before) {
      draft.put(table, key, after);
    }
    return new Done(before, after);
  }
}
