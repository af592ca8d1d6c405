package dev.pinion.sim;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.Map;

/**
 * What DynamoDB refuses in keys: those of rows, of requests, and of rows that stand in an index.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">
 *     DynamoDB: constraints</a>
 */
final class KeyCheck {
  private static final int LARGEST_ITEM = 400 * 1024;
  private static final int LARGEST_HASH = 2048;
  private static final int LARGEST_RANGE = 1024;
  private static final String INVALID = "One or more parameter values were invalid: ";

  private KeyCheck() {}

  /** The bytes of a request's key. */
  static byte[] key(TableLayout table, Key key) {
    Map<String, AttributeValue> values = key.values();
    boolean whole = table.key().isIn(values) && values.size() == table.key().attributes().size();
    boolean typed =
        whole && table.key().attributes().stream().allMatch(each -> fits(each, values.get(each.name())));
    if (!typed) {
      throw new ValidationException("The provided key element does not match the schema");
    }
    sizes(table.key(), values);
    return table.key().bytes(values);
  }

  private static boolean fits(KeyAttribute attribute, @org.jspecify.annotations.Nullable AttributeValue value) {
    return value != null && value.type().equals(attribute.type().code());
  }

  /** The bytes of a row's key, once the row is found to be one that can be stored. */
  static byte[] row(TableLayout table, Item item) {
    Map<String, AttributeValue> values = item.attributes();
    ValueCheck.check(values);
    for (KeyAttribute attribute : table.key().attributes()) {
      AttributeValue value = values.get(attribute.name());
      if (value == null) {
        throw new ValidationException(INVALID + "Missing the key " + attribute.name() + " in the item");
      } else if (!fits(attribute, value)) {
        throw new ValidationException(
            INVALID + "Type mismatch for key " + attribute.name() + " expected: " + attribute.type().code()
                + " actual: " + value.type());
      }
    }
    sizes(table.key(), values);
    for (TableLayout.Index index : table.indexes()) {
      index(index, values);
    }
    if (ItemSize.of(item) > LARGEST_ITEM) {
      throw new ValidationException("Item size has exceeded the maximum allowed size");
    }
    return table.key().bytes(values);
  }

  private static void index(TableLayout.Index index, Map<String, AttributeValue> values) {
    for (KeyAttribute attribute : index.key().attributes()) {
      AttributeValue value = values.get(attribute.name());
      if (value != null && !fits(attribute, value)) {
        throw new ValidationException(
            INVALID + "Type mismatch for Index Key " + attribute.name() + " Expected: " + attribute.type().code()
                + " Actual: " + value.type() + " IndexName: " + index.name());
      } else if (value != null && ItemSize.of(value) == 0) {
        throw new ValidationException(
            "One or more parameter values are not valid. A value specified for a secondary index key is not supported."
                + " The AttributeValue for a key attribute cannot contain an empty "
                + (value instanceof AttributeValue.S ? "string" : "binary") + " value. IndexName: " + index.name()
                + ", IndexKey: " + attribute.name());
      }
    }
    sizes(index.key(), values);
  }

  private static void sizes(KeySchema key, Map<String, AttributeValue> values) {
    size(key.hash(), "hashkey", LARGEST_HASH, values);
    key.range().ifPresent(range -> size(range, "rangekey", LARGEST_RANGE, values));
  }

  private static void size(KeyAttribute attribute, String kind, int most, Map<String, AttributeValue> values) {
    AttributeValue value = values.get(attribute.name());
    if (value == null || value instanceof AttributeValue.N) {
      if (value != null) {
        ValueCheck.check(value);
      }
      return;
    }
    int bytes = ItemSize.of(value);
    if (bytes == 0) {
      throw new ValidationException(
          "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
              + (value instanceof AttributeValue.S ? "string" : "binary") + " value. Key: " + attribute.name());
    } else if (bytes > most) {
      throw new ValidationException(
          INVALID + "Size of " + kind + " has exceeded the maximum size limit of" + most + " bytes");
    }
  }
}
