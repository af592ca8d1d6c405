package dev.pinion;

import java.util.SequencedMap;

/**
 * The primary key of a row: the hash key and, where the table has one, the range key. Immutable.
 *
 * @param attributes the key's one or two attributes
 */
public record Key(Item attributes) {

  /** The key of a row in a table that has a hash key only. */
  public static Key of(String hashName, Object hashValue) {
    return new Key(Item.of(hashName, hashValue));
  }

  /** The key of a row in a table that has a hash key and a range key. */
  public static Key of(String hashName, Object hashValue, String rangeName, Object rangeValue) {
    return new Key(Item.of(hashName, hashValue, rangeName, rangeValue));
  }

  /** The key's attributes by name. */
  public SequencedMap<String, AttributeValue> values() {
    return attributes.attributes();
  }
}
