package dev.pinion.spi;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Operand;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store behind the checks that are the same on every platform and need no stored row: text, names and numbers, the
 * sizes of expressions, updates and transactions, and keys that are not the table's. What DynamoDB rejects throws a
 * {@link ValidationException} before the platform sees it; the message about a key names the table and its declaration.
 * Any thread.
 *
 * @param store the platform's store
 */
public record CheckedStore(Store store) implements Store {
  private static final int TRANSACTION_LIMIT = 4 * 1024 * 1024;

  @Override
  public Optional<Item> putItem(Write.Put put) {
    size(put);
    return store.putItem(put);
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    size(update);
    return store.updateItem(update);
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    size(delete);
    return store.deleteItem(delete);
  }

  @Override
  public Optional<Item> getItem(Read read) {
    size(read);
    return store.getItem(read);
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    Expressions expressions = Expressions.checked();
    expressions.keyCondition(table, query);
    expressions.filter(query.filter());
    expressions.projection(query.projection());
    return store.query(table, query, exclusiveStartKey);
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    Expressions expressions = Expressions.checked();
    expressions.filter(scan.filter());
    expressions.projection(scan.projection());
    return store.scan(table, scan, exclusiveStartKey);
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    reads.forEach(CheckedStore::size);
    return store.batchGetItem(reads);
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    writes.forEach(CheckedStore::size);
    store.batchWriteItem(writes);
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    reads.forEach(CheckedStore::size);
    return store.transactGetItems(reads);
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    long bytes = writes.stream().mapToLong(CheckedStore::size).sum();
    if (bytes > TRANSACTION_LIMIT) {
      throw new ValidationException("Transaction payload size cannot exceed 4MB. Payload Size: " + bytes);
    }
    store.transactWriteItems(writes);
  }

  /** Checks a write; returns its bytes as DynamoDB counts a transaction's. */
  private static long size(Write write) {
    Expressions expressions = Expressions.checked();
    Item row = switch (write) {
      case Write.Put(TableModel table, Item item, _) -> checked(table, item);
      case Write.Delete(TableModel table, Key key, _) -> checked(table, key);
      case Write.Check(TableModel table, Key key, _) -> checked(table, key);
      case Write.UpdateItem(TableModel table, Key key, List<Update> updates, _) -> {
        expressions.update(updates);
        updated(updates);
        yield checked(table, key);
      }
    };
    expressions.condition(write.condition());
    return ItemSize.of(row) + expressions.size();
  }

  private static void size(Read read) {
    checked(read.table(), read.key());
    Expressions.checked().projection(read.projection());
  }

  /** Rejects an update whose attributes alone exceed a row, as DynamoDB does before it evaluates the condition. */
  private static void updated(List<Update> updates) {
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

  private static Item checked(TableModel table, Key key) {
    Map<String, AttributeValue> values = key.values();
    ValueCheck.check(values);
    List<KeyAttribute> attributes = attributes(table).toList();
    if (values.size() != attributes.size() || !attributes.stream().allMatch(each -> fits(each, values))) {
      throw new ValidationException(
          "The provided key element does not match the schema: " + declared(table) + ", but the call's key has "
              + given(values) + ": pass " + example(table));
    }
    return key.attributes();
  }

  private static Item checked(TableModel table, Item item) {
    Map<String, AttributeValue> values = item.attributes();
    ValueCheck.check(values);
    for (KeyAttribute attribute : attributes(table).toList()) {
      AttributeValue value = values.get(attribute.name());
      if (value == null) {
        throw new ValidationException("One or more parameter values were invalid: Missing the key " + attribute.name()
            + " in the item: " + declared(table));
      } else if (!fits(attribute, values)) {
        throw new ValidationException("One or more parameter values were invalid: Type mismatch for key "
            + attribute.name() + " expected: " + attribute.type().code() + " actual: " + value.type() + ": "
            + declared(table));
      }
    }
    return item;
  }

  private static Stream<KeyAttribute> attributes(TableModel table) {
    return Stream.concat(Stream.of(table.hashKey()), table.rangeKey().stream());
  }

  private static boolean fits(KeyAttribute attribute, Map<String, AttributeValue> values) {
    AttributeValue value = values.get(attribute.name());
    return value != null && attribute.type().code().equals(value.type());
  }

  private static String declared(TableModel table) {
    return "table '" + table.id() + "' (" + table.location() + ") has hash key " + described(table.hashKey())
        + table.rangeKey().map(range -> " and range key " + described(range)).orElse("");
  }

  private static String described(KeyAttribute attribute) {
    return attribute.name() + " (" + attribute.type() + ")";
  }

  private static String given(Map<String, AttributeValue> values) {
    return String.join(
        " and ", values.entrySet().stream().map(each -> each.getKey() + " (" + each.getValue().type() + ")").toList());
  }

  private static String example(TableModel table) {
    return "Key.of("
        + String.join(
            ", ", attributes(table).map(each -> "\"" + each.name() + "\", " + switch (each.type()) {
              case STRING -> "\"text\"";
              case NUMBER -> "1";
              case BINARY -> "bytes";
            }).toList())
        + ")";
  }
}
