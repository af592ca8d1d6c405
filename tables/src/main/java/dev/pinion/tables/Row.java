package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import dev.pinion.spi.ItemSize;
import org.jspecify.annotations.Nullable;

/**
 * A stored row. It is kept as bytes, which take a fifth of the memory of decoded attributes, and decoded when it is
 * read; rows of small tables stay decoded from then on. Any thread.
 */
final class Row {
  private final byte[] bytes;
  private final int size;
  private @Nullable Item decoded;

  /**
   * A row as it was written.
   *
   * @param bytes its attributes, encoded
   * @param size its size as DynamoDB counts it
   */
  Row(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  static Row of(Item item) {
    return new Row(RowCodec.encode(item), ItemSize.of(item));
  }

  /** Returns the attributes, encoded. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns the row's size in bytes, as DynamoDB counts it. */
  int size() {
    return size;
  }

  Item item() {
    Item kept = decoded;
    return kept == null ? RowCodec.decode(bytes) : kept;
  }

  /** Returns the attributes, and keeps them decoded for the next reader. */
  Item keptItem() {
    Item item = item();
    decoded = item;
    return item;
  }

  /** Returns the value of one attribute; null when the row has no such attribute. */
  @Nullable
  AttributeValue attribute(String name) {
    Item kept = decoded;
    return kept == null ? RowCodec.find(bytes, name) : kept.attributes().get(name);
  }
}
