package dev.pinion.lambda;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Operand;
import dev.pinion.Query;
import dev.pinion.Range;
import dev.pinion.Update;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one request in DynamoDB's language: every name and value is a placeholder, so that reserved words
 * and any character may be used. Used by one thread, for one request.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">DynamoDB:
 *     expressions</a>
 */
final class Expressions {
  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();

  /** The names behind the placeholders; null when there are none, as DynamoDB takes no empty map. */
  @Nullable
  Map<String, String> names() {
    return names.isEmpty() ? null : names;
  }

  /** The values behind the placeholders; null when there are none, as DynamoDB takes no empty map. */
  @Nullable
  Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> values() {
    return values.isEmpty() ? null : Items.aws(values);
  }

  private String name(String name) {
    return placeholders.computeIfAbsent(name, _ -> {
      String placeholder = "#n" + names.size();
      names.put(placeholder, name);
      return placeholder;
    });
  }

  private String value(AttributeValue value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    return placeholder;
  }

  private String path(Attribute attribute) {
    StringBuilder path = new StringBuilder();
    for (Attribute.Step step : attribute.steps()) {
      switch (step) {
        case Attribute.Step.Name(String name) -> path.append(path.isEmpty() ? "" : ".").append(name(name));
        case Attribute.Step.Index(int index) -> path.append('[').append(index).append(']');
      }
    }
    return path.toString();
  }

  /** A projection expression; null for all attributes. */
  @Nullable
  String projection(List<Attribute> attributes) {
    return attributes.isEmpty() ? null : String.join(", ", attributes.stream().map(this::path).toList());
  }

  /** A condition or filter expression; null for none. */
  @Nullable
  String condition(Optional<Condition> condition) {
    return condition.map(this::condition).orElse(null);
  }

  private String condition(Condition condition) {
    return switch (condition) {
      case Condition.Compare(Operand left, Condition.Comparison comparison, Operand right) ->
          operand(left) + " " + comparison.operator() + " " + operand(right);
      case Condition.Between(Operand operand, Operand low, Operand high) ->
          operand(operand) + " BETWEEN " + operand(low) + " AND " + operand(high);
      case Condition.In(Operand operand, List<Operand> candidates) ->
          operand(operand) + " IN (" + String.join(", ", candidates.stream().map(this::operand).toList()) + ")";
      case Condition.Exists(Attribute attribute) -> "attribute_exists(" + path(attribute) + ")";
      case Condition.NotExists(Attribute attribute) -> "attribute_not_exists(" + path(attribute) + ")";
      case Condition.HasType(Attribute attribute, String type) ->
          "attribute_type(" + path(attribute) + ", " + value(new AttributeValue.S(type)) + ")";
      case Condition.BeginsWith(Attribute attribute, Operand prefix) ->
          "begins_with(" + path(attribute) + ", " + operand(prefix) + ")";
      case Condition.Contains(Attribute attribute, Operand part) ->
          "contains(" + path(attribute) + ", " + operand(part) + ")";
      case Condition.And(Condition left, Condition right) -> part(left) + " AND " + part(right);
      case Condition.Or(Condition left, Condition right) -> part(left) + " OR " + part(right);
      case Condition.Not(Condition negated) -> "NOT " + part(negated);
    };
  }

  /** A condition within another one, in parentheses only where it has parts itself: one pair too many fails. */
  private String part(Condition condition) {
    String text = condition(condition);
    return switch (condition) {
      case Condition.And _, Condition.Or _, Condition.Not _, Condition.Between _ -> "(" + text + ")";
      default -> text;
    };
  }

  private String operand(Operand operand) {
    return switch (operand) {
      case Attribute attribute -> path(attribute);
      case Operand.Size(Attribute attribute) -> "size(" + path(attribute) + ")";
      case Operand.Value(AttributeValue value) -> value(value);
    };
  }

  /** A key condition expression. */
  String keyCondition(TableModel table, Query query) {
    Optional<IndexModel> index = query.index().flatMap(table::index);
    String hash = index.map(IndexModel::hashKey).orElse(table.hashKey()).name();
    Optional<String> range = index.map(IndexModel::rangeKey).orElse(table.rangeKey()).map(KeyAttribute::name);
    String equal = name(hash) + " = " + value(query.hash());
    if (query.range().isEmpty()) {
      return equal;
    }
    return equal + " AND " + range(query.range().get(), name(range.orElse(hash)));
  }

  private String range(Range range, String name) {
    return switch (range) {
      case Range.Compared(Condition.Comparison comparison, AttributeValue value) ->
          name + " " + comparison.operator() + " " + value(value);
      case Range.Between(AttributeValue low, AttributeValue high) ->
          name + " BETWEEN " + value(low) + " AND " + value(high);
      case Range.BeginsWith(AttributeValue prefix) -> "begins_with(" + name + ", " + value(prefix) + ")";
    };
  }

  /** An update expression; null for no updates. */
  @Nullable
  String update(List<Update> updates) {
    Map<String, List<String>> clauses = new LinkedHashMap<>();
    for (Update update : updates) {
      String path = path(update.attribute());
      switch (update) {
        case Update.Set(_, Update.Expression value) -> add(clauses, "SET", path + " = " + expression(value));
        case Update.Remove _ -> add(clauses, "REMOVE", path);
        case Update.Add(_, AttributeValue value) -> add(clauses, "ADD", path + " " + value(value));
        case Update.Delete(_, AttributeValue value) -> add(clauses, "DELETE", path + " " + value(value));
      }
    }
    List<String> parts = new ArrayList<>();
    clauses.forEach((word, list) -> parts.add(word + " " + String.join(", ", list)));
    return parts.isEmpty() ? null : String.join(" ", parts);
  }

  private static void add(Map<String, List<String>> clauses, String word, String action) {
    clauses.computeIfAbsent(word, _ -> new ArrayList<>()).add(action);
  }

  private String expression(Update.Expression expression) {
    return switch (expression) {
      case Attribute attribute -> path(attribute);
      case Operand.Value(AttributeValue value) -> value(value);
      case Update.Expression.IfNotExists(Attribute attribute, Update.Expression otherwise) ->
          "if_not_exists(" + path(attribute) + ", " + expression(otherwise) + ")";
      case Update.Expression.ListAppend(Update.Expression first, Update.Expression second) ->
          "list_append(" + expression(first) + ", " + expression(second) + ")";
      case Update.Expression.Plus(Update.Expression left, Update.Expression right) ->
          expression(left) + " + " + expression(right);
      case Update.Expression.Minus(Update.Expression left, Update.Expression right) ->
          expression(left) + " - " + expression(right);
    };
  }
}
