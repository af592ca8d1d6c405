package dev.pinion.dynamodb;

import dev.pinion.AttributeValue;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values in the JSON of requests and answers, where a value is an object with one member, named after its
 * type.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">DynamoDB:
 *     AttributeValue</a>
 */
final class AttributeJson {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private AttributeJson() {}

  /** Returns the JSON of attributes. */
  static Map<String, Object> of(Item item) {
    return of(item.attributes());
  }

  private static Map<String, Object> of(Map<String, AttributeValue> attributes) {
    Map<String, Object> json = new LinkedHashMap<>();
    attributes.forEach((name, value) -> json.put(name, of(value)));
    return json;
  }

  /** Returns the JSON of a value. */
  static Map<String, Object> of(AttributeValue value) {
    Object content =
        switch (value) {
          case AttributeValue.S(String text) -> text;
          case AttributeValue.N(BigDecimal number) -> number.toPlainString();
          case AttributeValue.B(Bytes bytes) -> text(bytes);
          case AttributeValue.Bool(boolean bool) -> bool;
          case AttributeValue.Null _ -> true;
          case AttributeValue.L(var values) -> values.stream().map(AttributeJson::of).toList();
          case AttributeValue.M(var values) -> of(values);
          case AttributeValue.Ss(var values) -> values;
          case AttributeValue.Ns(var values) -> values.stream().map(BigDecimal::toPlainString).toList();
          case AttributeValue.Bs(var values) -> values.stream().map(AttributeJson::text).toList();
        };
    return Map.of(value.type(), content);
  }

  private static String text(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  /** Reads attributes. */
  static Item item(Parameters json) {
    return Item.of(json.values());
  }

  /**
   * Reads a value.
   *
   * @throws DynamoDbError if it is not exactly one value of DynamoDB's types
   */
  static AttributeValue value(@Nullable Object json) {
    Parameters object = json == null ? new Parameters(Map.of()) : Parameters.of(json);
    List<Map.Entry<String, Object>> types = new ArrayList<>();
    object.members().forEach((type, content) -> {
      if (content != null && isType(type)) {
        types.add(Map.entry(type, content));
      }
    });
    if (types.isEmpty()) {
      throw DynamoDbError.validation(
          "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
    AttributeValue value = value(types.getFirst().getKey(), types.getFirst().getValue());
    if (types.size() > 1) {
      throw DynamoDbError.validation(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported"
              + " datatypes");
    }
    return value;
  }

  private static boolean isType(String name) {
    return switch (name) {
      case "S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS" -> true;
      default -> false;
    };
  }

  private static AttributeValue value(String type, Object content) {
    return switch (type) {
      case "S" -> new AttributeValue.S(Parameters.text(content));
      case "N" -> new AttributeValue.N(number(Parameters.text(content)));
      case "B" -> new AttributeValue.B(bytes(Parameters.text(content)));
      case "BOOL" -> new AttributeValue.Bool(bool(content));
      case "NULL" -> nothing(bool(content));
      case "L" -> new AttributeValue.L(Parameters.elements(content).stream().map(AttributeJson::value).toList());
      case "M" -> new AttributeValue.M(new LinkedHashMap<>(Parameters.of(content).values()));
      case "SS" -> new AttributeValue.Ss(strings(texts(content)));
      case "NS" -> new AttributeValue.Ns(numbers(texts(content)));
      default -> new AttributeValue.Bs(binaries(texts(content)));
    };
  }

  private static boolean bool(Object content) {
    return new Parameters(Map.of("value", content)).bool("value", false);
  }

  private static AttributeValue nothing(boolean isNull) {
    if (!isNull) {
      throw DynamoDbError.validation(INVALID + "Null attribute value types must have the value of true");
    }
    return new AttributeValue.Null();
  }

  private static List<String> texts(Object content) {
    List<String> texts = new ArrayList<>();
    for (Object each : Parameters.elements(content)) {
      if (each == null) {
        throw DynamoDbError.validation(INVALID + "An AttributeValue may not contain a null element");
      }
      texts.add(Parameters.text(each));
    }
    return texts;
  }

  private static SequencedSet<String> strings(List<String> texts) {
    if (new HashSet<>(texts).size() < texts.size()) {
      throw DynamoDbError.validation(INVALID + "Input collection " + texts + " contains duplicates.");
    }
    return new LinkedHashSet<>(texts);
  }

  private static SequencedSet<BigDecimal> numbers(List<String> texts) {
    SequencedSet<BigDecimal> numbers = new LinkedHashSet<>();
    for (String each : texts) {
      if (!numbers.add(number(each))) {
        throw DynamoDbError.validation("Input collection contains duplicates");
      }
    }
    return numbers;
  }

  private static SequencedSet<Bytes> binaries(Collection<String> texts) {
    SequencedSet<Bytes> binaries = new LinkedHashSet<>();
    for (String each : texts) {
      if (!binaries.add(bytes(each))) {
        throw DynamoDbError.validation(INVALID + "Input collection " + texts + " of type BS contains duplicates.");
      }
    }
    return binaries;
  }

  private static BigDecimal number(String text) {
    String problem = "The parameter cannot be converted to a numeric value";
    if (text.isEmpty()) {
      throw DynamoDbError.validation(problem);
    }
    try {
      if (text.chars().allMatch(c -> c < 128)) {
        return new AttributeValue.N(new BigDecimal(text)).value();
      }
    } catch (NumberFormatException | ArithmeticException _) {
      // refused below, as is a number in other digits
    }
    throw DynamoDbError.validation(problem + ": " + text);
  }

  private static Bytes bytes(String text) {
    if (text.length() % 4 != 0) {
      throw DynamoDbError.serialization(
          "'" + text + "' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but"
              + " found: " + text.length());
    }
    try {
      return Bytes.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw DynamoDbError.serialization("'" + text + "' can not be converted to a Blob: " + e.getMessage());
    }
  }
}
