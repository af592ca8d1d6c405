package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.Key;
import dev.pinion.ValidationException;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.ValueCheck;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What DynamoDB refuses in the keys of requests and rows. */
final class KeyCheck {
  private static final int HASH_LIMIT = 2048;
  private static final int RANGE_LIMIT = 1024;

  private KeyCheck() {}

  /** The bytes of a request's key, which must have exactly the table's key attributes. */
  static byte[] key(TableLayout table, Key key) {
    var values = key.values();
    ValueCheck.check(values);
    if (values.size() != table.key().attributes().size()) {
      throw new ValidationException(
          values.size() > table.key().attributes().size()
              ? "The number of conditions on the keys is invalid"
              : "The provided key element does not match the schema");
    }
    for (KeyAttribute attribute : table.key().attributes()) {
      AttributeValue value = values.get(attribute.name());
      if (value == null || !hasType(attribute, value)) {
        throw new ValidationException("The provided key element does not match the schema");
      }
      primary(attribute, value, table);
    }
    return table.key().bytes(values::get);
  }

  /** The bytes of a whole row's key; checks the keys of the indexes as well. */
  static byte[] row(TableLayout table, Map<String, AttributeValue> row) {
    for (KeyAttribute attribute : table.key().attributes()) {
      AttributeValue value = row.get(attribute.name());
      if (value == null) {
        throw new ValidationException(
            "One or more parameter values were invalid: Missing the key "
                + attribute.name()
                + " in the item");
      } else if (!hasType(attribute, value)) {
        throw new ValidationException(
            "One or more parameter values were invalid: Type mismatch for key "
                + attribute.name()
                + " expected: "
                + attribute.type().code()
                + " actual: "
                + value.type());
      }
      primary(attribute, value, table);
    }
    indexes(table, row);
    return table.key().bytes(row::get);
  }

  /** Refuses a row whose attributes do not fit the table's indexes. */
  static void indexes(TableLayout table, Map<String, AttributeValue> row) {
    indexes(table, row, row.keySet());
  }

  /**
   * Refuses an update after which a row does not fit the table's indexes. An attribute that the update does not name is
   * not refused: the row may be older than the index.
   */
  static void indexes(TableLayout table, Map<String, AttributeValue> after, Set<String> named) {
    for (TableLayout.Index index : table.indexes()) {
      for (KeyAttribute attribute : index.key().attributes()) {
        AttributeValue value = after.get(attribute.name());
        if (value != null && named.contains(attribute.name())) {
          index(index, attribute, value);
        }
      }
    }
  }

  private static void index(TableLayout.Index index, KeyAttribute attribute, AttributeValue value) {
    if (!hasType(attribute, value)) {
      throw new ValidationException(
          "One or more parameter values were invalid: Type mismatch for Index Key "
              + attribute.name()
              + " Expected: "
              + attribute.type().code()
              + " Actual: "
              + value.type()
              + " IndexName: "
              + index.name());
    }
    String empty = empty(value);
    if (empty != null) {
      throw new ValidationException(
          "One or more parameter values are not valid. A value specified for a secondary index key is not supported. "
              + "The AttributeValue for a key attribute cannot contain an empty "
              + empty
              + " value. IndexName: "
              + index.name()
              + ", IndexKey: "
              + attribute.name());
    }
    size(attribute, value, index.key());
  }

  private static void primary(KeyAttribute attribute, AttributeValue value, TableLayout table) {
    notEmpty(attribute, value);
    size(attribute, value, table.key());
  }

  /** Refuses an empty string or binary as a key. */
  static void notEmpty(KeyAttribute attribute, AttributeValue value) {
    String empty = empty(value);
    if (empty != null) {
      throw new ValidationException(
          "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
              + empty
              + " value. Key: "
              + attribute.name());
    }
  }

  /** Whether a key may have a value. */
  static boolean isValid(KeyAttribute attribute, AttributeValue value, KeySchema key) {
    return hasType(attribute, value) && empty(value) == null && ItemSize.of(value) <= limit(attribute, key);
  }

  private static int limit(KeyAttribute attribute, KeySchema key) {
    return attribute.equals(key.hash()) ? HASH_LIMIT : RANGE_LIMIT;
  }

  /** Refuses a value that is too large for a key. */
  static void size(KeyAttribute attribute, AttributeValue value, KeySchema key) {
    boolean hash = attribute.equals(key.hash());
    if (ItemSize.of(value) > limit(attribute, key)) {
      throw new ValidationException(
          hash
              ? "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 "
                  + "bytes"
              : "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size "
                  + "limit of 1024 bytes");
    }
  }

  static boolean hasType(KeyAttribute attribute, AttributeValue value) {
    return attribute.type().code().equals(value.type());
  }

  /** What kind of empty value it is, null for one that is not empty. */
  private static @Nullable String empty(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) when text.isEmpty() ->
          "string";
      case AttributeValue.B(var bytes) when bytes.length() == 0 -> "binary";
      default -> null;
    };
  }
}
