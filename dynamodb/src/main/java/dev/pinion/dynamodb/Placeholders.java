package dev.pinion.dynamodb;

import dev.pinion.AttributeValue;
import dev.pinion.spi.ItemSize;
import dev.pinion.spi.ValueCheck;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names and values that the expressions of a request stand for, and which of them are used. Used by one thread.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html">
 *     DynamoDB: expression attribute names and values</a>
 */
final class Placeholders {
  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";
  private static final Pattern NAME = Pattern.compile("#[a-zA-Z0-9_]+");
  private static final Pattern VALUE = Pattern.compile(":[a-zA-Z0-9_]+");
  private static final int LENGTH_LIMIT = 255;
  private static final int BYTES_LIMIT = 2 * 1024 * 1024;

  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new LinkedHashSet<>();
  private long size;

  private Placeholders(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  /**
   * Reads the placeholders of a request.
   *
   * @param expressions the expressions that such a request may have
   */
  static Placeholders of(Parameters request, ExpressionParameter... expressions) {
    boolean none = List.of(expressions).stream().noneMatch(each -> request.has(each.parameter()));
    if (none && request.has(NAMES)) {
      throw DynamoDbError.validation(NAMES + " can only be specified when using expressions");
    } else if (none && request.has(VALUES)) {
      throw DynamoDbError.validation(VALUES + " can only be specified when using expressions: " + unset(expressions));
    }
    Map<String, String> names = names(request.object(NAMES));
    boolean takesValues = !List.of(ExpressionParameter.PROJECTION).containsAll(List.of(expressions));
    return new Placeholders(names, takesValues ? values(request.object(VALUES)) : Map.of());
  }

  private static String unset(ExpressionParameter... expressions) {
    List<String> all = List.of(expressions).stream().filter(each -> each != ExpressionParameter.PROJECTION)
        .map(ExpressionParameter::parameter).toList();
    return String.join(" and ", all) + (all.size() > 1 ? " are null" : " is null");
  }

  private static Map<String, String> names(Optional<Parameters> object) {
    Map<String, String> names = new LinkedHashMap<>();
    object.ifPresent(all -> {
      filled(NAMES, all);
      long bytes = 0;
      for (String each : all.members().keySet()) {
        key(NAMES, each, NAME);
        names.put(each, all.text(each).orElse(""));
        bytes += each.length() + ItemSize.utf8(names.get(each));
      }
      limited(NAMES, bytes);
    });
    names.forEach(Placeholders::checkName);
    return names;
  }

  private static void checkName(String key, String name) {
    if (name.isEmpty()) {
      throw DynamoDbError.validation(NAMES + " contains invalid value: Empty attribute name for key " + key);
    }
    ValueCheck.name(name);
  }

  private static Map<String, AttributeValue> values(Optional<Parameters> object) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    object.ifPresent(all -> {
      filled(VALUES, all);
      all.members().keySet().forEach(each -> key(VALUES, each, VALUE));
      long bytes = 0;
      for (Map.Entry<String, ?> each : all.members().entrySet()) {
        AttributeValue value = value(each.getKey(), each.getValue());
        values.put(each.getKey(), value);
        bytes += each.getKey().length() + ItemSize.of(value);
      }
      limited(VALUES, bytes);
    });
    return values;
  }

  private static AttributeValue value(String key, @Nullable Object json) {
    try {
      return AttributeJson.value(json);
    } catch (DynamoDbError e) {
      if (!e.type().endsWith("#ValidationException")) throw e;
      throw DynamoDbError.validation(VALUES + " contains invalid value: " + e.getMessage() + " for key " + key);
    }
  }

  private static void filled(String parameter, Parameters object) {
    if (object.members().isEmpty()) {
      throw DynamoDbError.validation(parameter + " must not be empty");
    }
  }

  private static void key(String parameter, String key, Pattern pattern) {
    if (key.length() > LENGTH_LIMIT) {
      throw DynamoDbError.validation(
          parameter + " contains invalid key: The expression attribute map contains a key that is too long;");
    } else if (!pattern.matcher(key).matches()) {
      throw DynamoDbError.validation(parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
    }
  }

  private static void limited(String parameter, long bytes) {
    if (bytes > BYTES_LIMIT) {
      throw DynamoDbError.validation(parameter + " exceeds max size");
    }
  }

  /** Returns the name that a placeholder stands for. */
  String name(String placeholder, ExpressionParameter parameter) {
    String name = names.get(placeholder);
    if (name == null) {
      throw parameter.invalid(
          "An expression attribute name used in the document path is not defined; attribute name: " + placeholder);
    }
    used.add(placeholder);
    size += ItemSize.utf8(name);
    return name;
  }

  /** Returns the value that a placeholder stands for. */
  AttributeValue value(String placeholder, ExpressionParameter parameter) {
    AttributeValue value = values.get(placeholder);
    if (value == null) {
      throw parameter.invalid(
          "An expression attribute value used in expression is not defined; attribute value: " + placeholder);
    }
    used.add(placeholder);
    size += ItemSize.of(value);
    return value;
  }

  /** Counts an expression's text. */
  void count(String expression) {
    size += expression.length();
  }

  /** Returns the bytes of all expressions so far, with the names and values they use, as a transaction counts them. */
  long size() {
    return size;
  }

  /** Refuses placeholders that no expression has used. */
  void mustBeUsed() {
    used(NAMES, names.keySet());
    used(VALUES, values.keySet());
  }

  private void used(String parameter, Set<String> all) {
    Set<String> unused = new LinkedHashSet<>(all);
    unused.removeAll(used);
    if (!unused.isEmpty()) {
      throw DynamoDbError.validation(
          "Value provided in " + parameter + " unused in expressions: keys: {" + String.join(", ", unused) + "}");
    }
  }
}
