package dev.pinion.dynamodb;

import dev.pinion.Item;
import dev.pinion.ValidationException;
import dev.pinion.spi.ValueCheck;
import java.util.Map;

/** Rows in DynamoDB's JSON, as records of its streams have them. Any thread. */
public final class RowImages {
  private RowImages() {}

  /** Returns the JSON of a row: an object for {@code JsonCodec}. */
  public static Map<String, Object> of(Item row) {
    return AttributeJson.of(row);
  }

  /**
   * Reads the JSON of a row.
   *
   * @param json as {@code JsonCodec} reads it
   * @throws IllegalArgumentException if it is not one; the message says why
   */
  public static Item row(Object json) {
    try {
      Item row = AttributeJson.item(Parameters.of(json));
      ValueCheck.check(row.attributes());
      return row;
    } catch (DynamoDbError | ValidationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
