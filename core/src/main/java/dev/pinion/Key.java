package dev.pinion;

import java.util.SequencedMap;

/**
 * The primary key of a row: the hash key and, if the table has one, the range key. Immutable.
 *
 * @param attributes the one or two attributes of the key
 */
public record Key(Item attributes) {

  /** Creates the key of a row in a table that has only a hash key. */
  public static Key of(String hashName, Object hashValue) {
    return new Key(Item.of(hashName, hashValue));
  }

  /** Creates the key of a row in a table that has a hash key and a range key. */
  public static Key of(String hashName, Object hashValue, String rangeName, Object rangeValue) {
    return new Key(Item.of(hashName, hashValue, rangeName, rangeValue));
  }

  /** The key's attributes by name. */
  public SequencedMap<String, AttributeValue> values() {
    return attributes.attributes();
  }
}
