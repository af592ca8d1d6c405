package dev.pinion.spi;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The bytes of items and values, as DynamoDB counts them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">
 *     DynamoDB: item sizes and formats</a>
 */
public final class ItemSize {
  /** How many bytes a row may have. */
  public static final int LIMIT = 400 * 1024;

  private static final int DOCUMENT = 3;

  private ItemSize() {}

  /** Returns the size of a row, with the names of its attributes. */
  public static int of(Item item) {
    return of(item.attributes());
  }

  private static int of(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (var attribute : attributes.entrySet()) {
      size += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  /** Returns the size of a value. */
  public static int of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S(String text) -> utf8(text);
      case AttributeValue.N(BigDecimal number) -> number(number);
      case AttributeValue.B(AttributeValue.Bytes bytes) -> bytes.length();
      case AttributeValue.Bool _, AttributeValue.Null _ -> 1;
      case AttributeValue.Ss(var texts) -> texts.stream().mapToInt(ItemSize::utf8).sum();
      case AttributeValue.Ns(var numbers) -> numbers.stream().mapToInt(ItemSize::number).sum();
      case AttributeValue.Bs(var all) ->
          all.stream().mapToInt(AttributeValue.Bytes::length).sum();
      case AttributeValue.L(var values) ->
          DOCUMENT + values.stream().mapToInt(each -> 1 + of(each)).sum();
      case AttributeValue.M(var values) -> DOCUMENT + values.size() + of(values);
    };
  }

  /** Returns the length of a text in UTF-8; a lone surrogate counts as the {@code ?} that it becomes. */
  public static int utf8(String text) {
    int size = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        size += 2;
        i++;
      } else if (!Character.isSurrogate(c)) {
        size += c < 0x800 ? 1 : 2;
      }
    }
    return size;
  }

  /** A byte for each pair of digits, paired from the decimal point on, and one or two more. */
  private static int number(BigDecimal number) {
    if (number.signum() == 0) {
      return 1;
    }
    BigDecimal plain = number.stripTrailingZeros();
    long lowest = -(long) plain.scale();
    long highest = lowest + plain.precision() - 1;
    int pairs = (int) (Math.floorDiv(highest, 2) - Math.floorDiv(lowest, 2) + 1);
    return pairs + (number.signum() < 0 ? 2 : 1);
  }
}
