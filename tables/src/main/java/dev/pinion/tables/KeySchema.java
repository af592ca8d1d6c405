package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that make up the key of a table or an index.
 *
 * @param hash the attribute that spreads the rows
 * @param range the attribute that orders rows of one hash key
 */
record KeySchema(KeyAttribute hash, Optional<KeyAttribute> range) {

  static KeySchema of(TableModel table) {
    return new KeySchema(table.hashKey(), table.rangeKey());
  }

  static KeySchema of(IndexModel index) {
    return new KeySchema(index.hashKey(), index.rangeKey());
  }

  /** The one or two attributes. */
  List<KeyAttribute> attributes() {
    List<KeyAttribute> attributes = new ArrayList<>(2);
    attributes.add(hash);
    range.ifPresent(attributes::add);
    return attributes;
  }

  boolean has(String attribute) {
    return hash.name().equals(attribute)
        || range.filter(each -> each.name().equals(attribute)).isPresent();
  }

  /** The values of a row's attributes by their names; null for one that the row does not have. */
  @FunctionalInterface
  interface Attributes {
    @Nullable
    AttributeValue get(String name);
  }

  /**
   * Whether a row is in an index with this key: whether it has all of the key's attributes, with values that a key may
   * have. As in DynamoDB, a new index leaves out the rows that were written before it with other values.
   */
  boolean isIn(Attributes row) {
    return isKey(hash, row) && (range.isEmpty() || isKey(range.get(), row));
  }

  private boolean isKey(KeyAttribute attribute, Attributes row) {
    AttributeValue value = row.get(attribute.name());
    return value != null && KeyCheck.isValid(attribute, value, this);
  }

  /** The key's values of a row that has them, in their order as bytes. */
  byte[] bytes(Attributes row) {
    KeyBytes bytes = new KeyBytes().value(value(row, hash));
    range.ifPresent(each -> bytes.value(value(row, each)));
    return bytes.toArray();
  }

  /** The key's attributes of a row that has them. */
  SequencedMap<String, AttributeValue> of(Item item) {
    SequencedMap<String, AttributeValue> key = new LinkedHashMap<>();
    for (KeyAttribute attribute : attributes()) {
      key.put(attribute.name(), value(item.attributes()::get, attribute));
    }
    return key;
  }

  private static AttributeValue value(Attributes row, KeyAttribute attribute) {
    AttributeValue value = row.get(attribute.name());
    if (value == null) {
      throw new IllegalStateException("a row without its key " + attribute.name());
    }
    return value;
  }

  /** The key in words, such as {@code hash key id (STRING), range key at (NUMBER)}; also its form on disk. */
  @Override
  public String toString() {
    return "hash key "
        + describe(hash)
        + range.map(each -> ", range key " + describe(each)).orElse("");
  }

  private static String describe(KeyAttribute attribute) {
    return attribute.name() + " (" + attribute.type() + ")";
  }
}
