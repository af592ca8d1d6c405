package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.ValueCheck;
import dev.pinion.spi.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  /** DynamoDB's message of a write whose condition does not hold. */
  static final String NOT_MET = "The conditional request failed";

  private static final byte[] NO_KEY = {};

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
   * @param met whether its condition was met; otherwise it has done nothing
   */
  record Done(@Nullable Row before, @Nullable Row after, boolean met) {}

  /**
   * Checks all of a write that needs no stored row.
   *
   * @throws ValidationException when DynamoDB would refuse it as malformed
   */
  static WriteStep of(Write write, TableLayout layout) {
    return checked(write, layout).get();
  }

  /**
   * Checks a part of a transaction. A row or key that does not fit the table is the part's failure, not the request's.
   *
   * @throws ValidationException when DynamoDB would refuse the request as malformed
   */
  static WriteStep ofTransaction(Write write, TableLayout layout) {
    Supplier<WriteStep> checked = checked(write, layout);
    try {
      return checked.get();
    } catch (ValidationException e) {
      return new WriteStep(write.table(), NO_KEY, Optional.empty(), _ -> {
        throw e;
      }, 0);
    }
  }

  /** Checks a write's expressions and values; what it gives checks the key. */
  private static Supplier<WriteStep> checked(Write write, TableLayout layout) {
    write.condition().ifPresent(each -> ConditionCheck.check(each, ExpressionKind.CONDITION));
    Supplier<WriteStep> step = parts(write, layout);
    if (write.condition().isEmpty() || write instanceof Write.Check) {
      return step;
    }
    return () -> {
      ConditionPaths.of(write.condition().get()).forEach(layout::scalarKeys);
      return step.get();
    };
  }

  private static Supplier<WriteStep> parts(Write write, TableLayout layout) {
    return switch (write) {
      case Write.Put(TableModel table, Item item, Optional<Condition> condition) -> {
        ValueCheck.check(item.attributes());
        yield () -> put(table, item, condition, layout);
      }
      case Write.Delete(TableModel table, Key key, Optional<Condition> condition) ->
          () -> new WriteStep(table, KeyCheck.key(layout, key), condition, _ -> null, size(key));
      case Write.Check(TableModel table, Key key, Condition required) ->
          () -> new WriteStep(table, KeyCheck.key(layout, key), Optional.of(required), row -> row, size(key));
      case Write.UpdateItem(TableModel table, Key key, List<Update> updates, Optional<Condition> condition) -> {
        PathTree<Update> tree = UpdateCheck.check(updates);
        yield () -> new WriteStep(
            table, KeyCheck.key(layout, key), condition, row -> updated(layout, key, updates, tree, row), size(key));
      }
    };
  }

  /** Whether it names a row of the table. */
  boolean hasKey() {
    return key.length > 0;
  }

  private static WriteStep put(
      TableModel table, Item item, Optional<Condition> condition, TableLayout layout) {
    byte[] key = KeyCheck.row(layout, item.attributes());
    Row row = Row.of(item);
    if (row.size() > ItemSize.LIMIT) {
      throw new ValidationException("Item size has exceeded the maximum allowed size");
    }
    return new WriteStep(table, key, condition, _ -> row, row.size());
  }

  private static int size(Key key) {
    return ItemSize.of(key.attributes());
  }

  private static Row updated(
      TableLayout layout, Key key, List<Update> updates, PathTree<Update> tree, @Nullable Row before) {
    UpdateCheck.keys(layout, updates);
    Map<String, AttributeValue> start =
        before == null ? key.values() : before.item().attributes();
    var attributes = Updates.apply(tree, start);
    ValueCheck.check(attributes);
    KeyCheck.indexes(
        layout, attributes, updates.stream().map(each -> Paths.first(each.attribute())).collect(Collectors.toSet()));
    Row after = Row.of(Item.of((Map<String, AttributeValue>) attributes));
    if (after.size() > ItemSize.LIMIT) {
      throw new ValidationException("Item size to update has exceeded the maximum allowed size");
    }
    return after;
  }

  /**
   * Adds the write to a pending one if its condition is met.
   *
   * @throws ValidationException when the change does not fit the row
   */
  @SuppressWarnings("ReferenceEquality") // a check hands back the very row
  Done attempt(UncommittedWrite pending) {
    Row before = pending.get(table, key);
    Map<String, AttributeValue> row = before == null ? Map.of() : before.item().attributes();
    if (condition.isPresent() && !Conditions.hold(condition.get(), row)) {
      return new Done(before, before, false);
    }
    Row after = change.of(before);
    if (after == null) {
      pending.delete(table, key);
    } else if (after != before) {
      pending.put(table, key, after);
    }
    return new Done(before, after, true);
  }
}
