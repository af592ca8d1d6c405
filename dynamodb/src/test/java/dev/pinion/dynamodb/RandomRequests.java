package dev.pinion.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests for the table {@code rows}, whose key is {@code id}, a string, and {@code pos}, a number. */
final class RandomRequests {
  private static final Pattern PLACEHOLDER = Pattern.compile("[:#][a-zA-Z0-9_]+");
  private static final List<String> RETURNS = List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");

  private final RandomExpressions expressions;

  /**
   * A request.
   *
   * @param operation DynamoDB's operation
   * @param body its parameters
   * @param broken whether an expression was broken on purpose
   */
  record Request(String operation, Map<String, Object> body, boolean broken) {}

  RandomRequests(Random random) {
    expressions = new RandomExpressions(random);
  }

  private Map<String, Object> key() {
    return Map.of(
        "id", Map.of("S", expressions.one(List.of("x", "y"))),
        "pos", Map.of("N", Integer.toString(expressions.random.nextInt(3))));
  }

  /** A row with attributes of all types, some of them missing. */
  private Map<String, Object> row() {
    Map<String, Object> row = new TreeMap<>(key());
    Map<String, Object> all =
        Map.of(
            "a", values().get(":n"), "b", values().get(":s"), "n", Map.of("N", "5"), "s", Map.of("S", "hello"),
            "l", values().get(":l"), "m", values().get(":m"), "ss", values().get(":ss"), "bin", values().get(":b"),
            "flag", values().get(":t"), "c", values().get(":z"));
    new TreeMap<>(all).forEach((name, value) -> {
      if (expressions.chance(70)) row.put(name, value);
    });
    return row;
  }

  private Map<String, Object> values() {
    Random random = expressions.random;
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(":id", Map.of("S", "x"));
    values.put(":n", Map.of("N", Integer.toString(random.nextInt(3))));
    values.put(":n2", Map.of("N", "2.5"));
    values.put(":s", Map.of("S", expressions.one(List.of("", "he", "hello", "x"))));
    values.put(":s2", Map.of("S", "hello"));
    values.put(":b", Map.of("B", "AQID"));
    values.put(":t", Map.of("BOOL", random.nextBoolean()));
    values.put(":z", Map.of("NULL", true));
    values.put(":l",
        Map.of("L", List.of(Map.of("N", "1"), Map.of("S", "he"), Map.of("M", Map.of("a", Map.of("N", "2"))))));
    values.put(":l2", Map.of("L", List.of()));
    values.put(":m", Map.of("M", Map.of("a", Map.of("N", "1"), "b", Map.of("L", List.of(Map.of("S", "x"))))));
    values.put(":ss", Map.of("SS", List.of("he", "x")));
    values.put(":ns", Map.of("NS", List.of("1", "2.5")));
    values.put(":bs", Map.of("BS", List.of("AQID")));
    values.put(":type",
        Map.of("S", expressions.one(List.of("S", "N", "L", "M", "NULL", "SS", "BOOL", "B", "NS", "BS"))));
    return values;
  }

  /** Returns a request that deletes the row of another request. */
  static Request delete(Request other) {
    Map<?, ?> row = other.body().get("Item") instanceof Map<?, ?> item ? item : (Map<?, ?>) other.body().get("Key");
    Map<String, Object> key = new TreeMap<>();
    List.of("id", "pos").forEach(name -> {
      Object value = row == null ? null : row.get(name);
      if (value != null) key.put(name, value);
    });
    return new Request("DeleteItem", Map.of("TableName", "rows", "Key", key), false);
  }

  Request next() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("TableName", "rows");
    boolean broken = expressions.chance(25);
    String operation = switch (expressions.random.nextInt(10)) {
      case 0, 1 -> put(body, broken);
      case 2, 3, 4 -> update(body, broken);
      case 5 -> delete(body, broken);
      case 6 -> get(body, broken);
      case 7, 8 -> query(body, broken);
      default -> scan(body, broken);
    };
    placeholders(body);
    return new Request(operation, body, broken);
  }

  private void expression(Map<String, Object> body, String parameter, String expression, boolean broken) {
    body.put(parameter, broken ? expressions.broken(expression) : expression);
  }

  private String put(Map<String, Object> body, boolean broken) {
    body.put("Item", row());
    if (broken || expressions.chance(40)) {
      expression(body, "ConditionExpression", expressions.condition(2), broken);
    }
    onFailure(body);
    body.put("ReturnValues", expressions.one(List.of("NONE", "ALL_OLD")));
    return "PutItem";
  }

  private void onFailure(Map<String, Object> body) {
    if (expressions.chance(40)) {
      body.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
    }
    body.put("ReturnConsumedCapacity", "TOTAL");
  }

  private String update(Map<String, Object> body, boolean broken) {
    body.put("Key", key());
    expression(body, "UpdateExpression", expressions.update(), broken);
    if (expressions.chance(20)) {
      expression(body, "ConditionExpression", expressions.condition(2), false);
    }
    onFailure(body);
    body.put("ReturnValues", expressions.one(RETURNS));
    return "UpdateItem";
  }

  private String delete(Map<String, Object> body, boolean broken) {
    body.put("Key", key());
    expression(body, "ConditionExpression", expressions.condition(2), broken);
    onFailure(body);
    body.put("ReturnValues", expressions.one(List.of("NONE", "ALL_OLD")));
    return "DeleteItem";
  }

  private String get(Map<String, Object> body, boolean broken) {
    body.put("Key", key());
    expression(body, "ProjectionExpression", expressions.projection(), broken);
    body.put("ConsistentRead", expressions.random.nextBoolean());
    body.put("ReturnConsumedCapacity", "INDEXES");
    return "GetItem";
  }

  private String query(Map<String, Object> body, boolean broken) {
    boolean filter = expressions.chance(40);
    expression(body, "KeyConditionExpression", expressions.keyCondition(), broken && !filter);
    if (filter) {
      expression(body, "FilterExpression", expressions.condition(2), broken);
    }
    if (expressions.chance(20)) {
      body.put("ScanIndexForward", false);
    }
    if (expressions.chance(20)) {
      body.put("Limit", expressions.random.nextInt(1, 3));
    }
    return "Query";
  }

  private String scan(Map<String, Object> body, boolean broken) {
    expression(body, "FilterExpression", expressions.condition(3), broken);
    if (expressions.chance(30)) {
      expression(body, "ProjectionExpression", expressions.projection(), false);
    } else if (expressions.chance(20)) {
      body.put("Select", "COUNT");
    }
    return "Scan";
  }

  /** Defines the placeholders that the expressions have, and sometimes one more. */
  private void placeholders(Map<String, Object> body) {
    Map<String, Object> names = new TreeMap<>();
    Map<String, Object> used = new TreeMap<>();
    Map<String, Object> values = values();
    body.forEach((parameter, text) -> {
      if (parameter.endsWith("Expression")) {
        Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(text));
        while (placeholder.find()) {
          String each = placeholder.group();
          if (RandomExpressions.NAMES.containsKey(each)) names.put(each, RandomExpressions.NAMES.get(each));
          if (values.containsKey(each)) used.put(each, values.get(each));
        }
      }
    });
    if (expressions.chance(1)) names.put("#unused", "b");
    if (expressions.chance(1)) used.put(":unused", Map.of("N", "1"));
    if (!names.isEmpty()) body.put("ExpressionAttributeNames", names);
    if (!used.isEmpty()) body.put("ExpressionAttributeValues", used);
  }
}
