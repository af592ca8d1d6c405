package dev.pinion.dynamodb;

import dev.pinion.AttributeValue;
import dev.pinion.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request, or of a part of one: a JSON object. A null is a parameter that is not there.
 *
 * <p>A parameter of another JSON type throws DynamoDB's {@code SerializationException}.
 *
 * @param members the object
 */
record Parameters(Map<String, @Nullable Object> members) {

  /** Returns the parameters of a JSON value that must be an object. */
  static Parameters of(@Nullable Object json) {
    return switch (json) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        yield new Parameters(members);
      }
      case List<?> _ -> throw unexpected("Unrecognized collection type class java.util.LinkedHashMap");
      case null, default -> throw unexpected("Unexpected value type in payload");
    };
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name)).map(Parameters::text);
  }

  /** Reads a JSON string. */
  static String text(Object json) {
    return switch (json) {
      case String text -> text;
      case Number _ -> throw unexpected("NUMBER_VALUE cannot be converted to String");
      case Boolean bool -> throw unexpected((bool ? "TRUE_VALUE" : "FALSE_VALUE") + " cannot be converted to String");
      case List<?> _ -> throw unexpected("Unrecognized collection type class java.lang.String");
      default -> throw unexpected("Start of structure or map found where not expected");
    };
  }

  /** Reads a parameter that every request must have. */
  String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /** The refusal of a request without a parameter. */
  static DynamoDbError missing(String name) {
    return DynamoDbError.validation(
        "1 validation error detected: Value null at '" + lower(name)
            + "' failed to satisfy constraint: Member must not be null");
  }

  static String lower(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /** Reads one of some words. */
  String oneOf(String name, String otherwise, List<String> words) {
    String word = text(name).orElse(otherwise);
    if (!word.equals(otherwise) && !words.contains(word)) {
      throw DynamoDbError.validation(
          "1 validation error detected: Value '" + word + "' at '" + lower(name)
              + "' failed to satisfy constraint: Member must satisfy enum value set: "
              + words);
    }
    return word;
  }

  boolean bool(String name, boolean otherwise) {
    return switch (members.get(name)) {
      case null -> otherwise;
      case Boolean bool -> bool;
      case String _ -> throw unexpected("STRING_VALUE cannot be converted to Boolean");
      case Number _ -> throw unexpected("NUMBER_VALUE cannot be converted to Boolean");
      case List<?> _ -> throw unexpected("Unrecognized collection type class java.lang.Boolean");
      default -> throw unexpected("Start of structure or map found where not expected");
    };
  }

  /** Reads a whole number between two others. */
  OptionalInt number(String name, int least, int most) {
    Object json = members.get(name);
    if (json == null) {
      return OptionalInt.empty();
    } else if (!(json instanceof Number number)) {
      throw unexpected(
          json instanceof String
              ? "STRING_VALUE cannot be converted to Integer"
              : "Start of structure or map found where not expected");
    } else {
      long value = new BigDecimal(number.toString()).longValue();
      if (value < least || value > most) {
        throw DynamoDbError.validation(
            "1 validation error detected: Value '" + value + "' at '" + lower(name)
                + "' failed to satisfy constraint: Member must have value "
                + (value < least ? "greater than or equal to " + least : "less than or equal to " + most));
      }
      return OptionalInt.of((int) value);
    }
  }

  /** Reads an object; empty if it is not there. */
  Optional<Parameters> object(String name) {
    return Optional.ofNullable(members.get(name)).map(Parameters::of);
  }

  /** Reads an object that every such request has, and that is not empty. */
  Parameters filled(String name) {
    Parameters object = object(name).orElseThrow(() -> missing(name));
    if (object.members().isEmpty()) {
      throw DynamoDbError.validation(
          "1 validation error detected: Value '{}' at '" + lower(name)
              + "' failed to satisfy constraint: Member must have length greater than or equal to 1");
    }
    return object;
  }

  /** Reads a list of objects; empty if it is not there. */
  List<Parameters> objects(String name) {
    Object json = members.get(name);
    return json == null ? List.of() : elements(json).stream().map(Parameters::of).toList();
  }

  /** Reads the elements of a JSON array. */
  static List<@Nullable Object> elements(@Nullable Object json) {
    if (!(json instanceof Collection<?> elements)) {
      throw unexpected("Expected list or null");
    }
    return new ArrayList<>(elements);
  }

  /** Reads attributes; empty if they are not there. */
  Optional<Item> item(String name) {
    return object(name).map(AttributeJson::item);
  }

  /** Reads the values of an object as attribute values. */
  Map<String, AttributeValue> values() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    members.forEach((name, json) -> values.put(name, AttributeJson.value(json)));
    return values;
  }

  static DynamoDbError unexpected(String message) {
    return DynamoDbError.serialization(message);
  }
}
