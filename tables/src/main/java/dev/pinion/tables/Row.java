package dev.pinion.tables;

import dev.pinion.Item;

/**
 * A stored row, decoded.
 *
 * @param item its attributes
 * @param size its bytes as DynamoDB counts them
 */
record Row(Item item, int size) {
  Row(Item item) {
    this(item, ItemSize.of(item));
  }
}
