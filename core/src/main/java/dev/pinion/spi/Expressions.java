package dev.pinion.spi;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Operand;
import dev.pinion.Query;
import dev.pinion.Range;
import dev.pinion.Update;
import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one request in DynamoDB's language. Every name and value is a placeholder, so that reserved words
 * and any character can be used. Used by one thread, for one request.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">DynamoDB:
 *     expressions</a>
 */
public final class Expressions {
  private static final int TEXT_LIMIT = 4096;
  private static final int OPERATORS_LIMIT = 300;
  private static final int VARIABLES_LIMIT = 2 * 1024 * 1024;

  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, AttributeValue> values = new LinkedHashMap<>();
  private final boolean checked;
  private long used;
  private long variables;
  private int depth;
  private long size;

  /** Expressions that are sent as they are. */
  public Expressions() {
    this(false);
  }

  private Expressions(boolean checked) {
    this.checked = checked;
  }

  /**
   * Returns expressions that are checked against DynamoDB's limits: 4 KB of text in each; 2 MB of names and values
   * in all expressions of the request. What exceeds one of them throws a {@link ValidationException}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">
   *     DynamoDB: constraints, expression parameters</a>
   */
  public static Expressions checked() {
    return new Expressions(true);
  }

  /** Returns the names behind the placeholders; null when there are none, as DynamoDB takes no empty map. */
  public @Nullable Map<String, String> names() {
    return names.isEmpty() ? null : names;
  }

  /** Returns the values behind the placeholders; null when there are none, as DynamoDB takes no empty map. */
  public @Nullable Map<String, AttributeValue> values() {
    return values.isEmpty() ? null : values;
  }

  /** Returns the bytes of all expressions so far, with their names and values, as DynamoDB counts a transaction's. */
  public long size() {
    return size;
  }

  /** Counts what the expression has used since the last one. */
  private String counted(String parameter, String expression) {
    long bytes = expression.length() + used;
    used = 0;
    size += bytes;
    if (!checked) {
      return expression;
    } else if (expression.length() > TEXT_LIMIT) {
      throw new ValidationException(
          "Invalid " + parameter + ": Expression size has exceeded the maximum allowed size; expression size: "
              + expression.length());
    } else if (variables > VARIABLES_LIMIT) {
      throw new ValidationException(
          "ExpressionAttributeNames and ExpressionAttributeValues exceed the maximum of " + VARIABLES_LIMIT
              + " bytes; bytes: " + variables);
    }
    return expression;
  }

  private String name(String name) {
    if (checked) {
      ValueCheck.name(name);
    }
    used += ItemSize.utf8(name);
    return placeholders.computeIfAbsent(name, _ -> {
      String placeholder = "#n" + names.size();
      names.put(placeholder, name);
      variables += placeholder.length() + ItemSize.utf8(name);
      return placeholder;
    });
  }

  private String value(AttributeValue value) {
    if (checked) {
      ValueCheck.operand(value);
    }
    String placeholder = ":v" + values.size();
    values.put(placeholder, value);
    int bytes = ItemSize.of(value);
    used += bytes;
    variables += placeholder.length() + bytes;
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

  /** Returns a projection expression; null for all attributes. */
  public @Nullable String projection(List<Attribute> attributes) {
    return attributes.isEmpty()
        ? null
        : counted("ProjectionExpression", String.join(", ", attributes.stream().map(this::path).toList()));
  }

  /** Returns a condition expression; null for none. */
  public @Nullable String condition(Optional<Condition> condition) {
    return condition.isEmpty() ? null : counted("ConditionExpression", condition(condition.get()));
  }

  /** Returns a filter expression; null for none. */
  public @Nullable String filter(Optional<Condition> filter) {
    return filter.isEmpty() ? null : counted("FilterExpression", condition(filter.get()));
  }

  /**
   * Checks how deeply an expression is nested, before its text is composed: each level is an operator, and one with a
   * hundred thousand would take the whole stack.
   */
  private void nested(int levels) {
    if (checked && levels > OPERATORS_LIMIT) {
      throw new ValidationException(
          "Invalid expression: The expression contains too many operators; operator count: more than "
              + OPERATORS_LIMIT);
    }
  }

  private String condition(Condition condition) {
    nested(++depth);
    String text = text(condition);
    depth--;
    return text;
  }

  private String text(Condition condition) {
    return switch (condition) {
      case Condition.Compare(Operand left, Condition.Comparison comparison, Operand right) ->
          operand(left) + " " + comparison.operator() + " " + operand(right);
      case Condition.Between(Operand operand, Operand low, Operand high) ->
          operand(operand) + " BETWEEN " + operand(low) + " AND " + operand(high);
      case Condition.In(Operand operand, List<Operand> candidates) ->
          operand(operand) + " IN (" + String.join(", ", candidates.stream().map(this::operand).toList()) + ")";
      case Condition.Exists(Attribute attribute) -> "attribute_exists(" + path(attribute) + ")";
      case Condition.NotExists(Attribute attribute) -> "attribute_not_exists(" + path(attribute) + ")";
      case Condition.HasType(Operand operand, String type) ->
          "attribute_type(" + operand(operand) + ", " + value(new AttributeValue.S(type)) + ")";
      case Condition.BeginsWith(Operand operand, Operand prefix) ->
          "begins_with(" + operand(operand) + ", " + operand(prefix) + ")";
      case Condition.Contains(Operand operand, Operand part) ->
          "contains(" + operand(operand) + ", " + operand(part) + ")";
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
      case Operand.Size(Operand sized) -> "size(" + operand(sized) + ")";
      case Operand.Value(AttributeValue value) -> value(value);
    };
  }

  /** Returns a key condition expression. */
  public String keyCondition(TableModel table, Query query) {
    Optional<IndexModel> index = query.index().flatMap(table::index);
    String hash = index.map(IndexModel::hashKey).orElse(table.hashKey()).name();
    Optional<String> range = index.map(IndexModel::rangeKey).orElse(table.rangeKey()).map(KeyAttribute::name);
    String equal = name(hash) + " = " + value(query.hash());
    String both = query.range().isEmpty()
        ? equal
        : equal + " AND " + range(query.range().get(), name(range.orElse(hash)));
    return counted("KeyConditionExpression", both);
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

  /** Returns an update expression; null for no updates. */
  public @Nullable String update(List<Update> updates) {
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
    return parts.isEmpty() ? null : counted("UpdateExpression", String.join(" ", parts));
  }

  private static void add(Map<String, List<String>> clauses, String word, String action) {
    clauses.computeIfAbsent(word, _ -> new ArrayList<>()).add(action);
  }

  private String expression(Update.Expression expression) {
    nested(++depth);
    String text = text(expression);
    depth--;
    return text;
  }

  private String text(Update.Expression expression) {
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
