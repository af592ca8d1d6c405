package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.Update.Expression;
import dev.pinion.ValidationException;
import dev.pinion.spi.ValueCheck;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What DynamoDB refuses in an update before it looks at the row.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">
 *     DynamoDB: update expressions</a>
 */
final class UpdateCheck {
  private static final ExpressionKind KIND = ExpressionKind.UPDATE;

  private UpdateCheck() {}

  /** The updates by their paths. */
  static PathTree<Update> check(List<Update> updates) {
    PathTree<Update> tree = new PathTree<>();
    for (Update update : updates) {
      Paths.check(update.attribute(), KIND);
      switch (update) {
        case Update.Set(_, Expression value) -> check(value);
        case Update.Remove _ -> {
        }
        case Update.Add(_, AttributeValue value) -> operand("ADD", value, Set.of("N", "SS", "NS", "BS"));
        case Update.Delete(_, AttributeValue value) -> operand("DELETE", value, Set.of("SS", "NS", "BS"));
      }
    }
    updates.forEach(update -> tree.add(update.attribute(), update, KIND));
    return tree;
  }

  /** Refuses an update of the row's key, or one that leads into a key, once the condition has been asked. */
  static void keys(TableLayout table, List<Update> updates) {
    for (Update update : updates) {
      String name = Paths.first(update.attribute());
      if (table.key().has(name)) {
        throw new ValidationException(
            "One or more parameter values were invalid: Cannot update attribute "
                + name
                + ". This attribute is part of the key");
      }
    }
    for (Update update : updates) {
      table.scalarKeys(update.attribute());
      if (update instanceof Update.Set(_, Expression value)) {
        paths(value).forEach(table::scalarKeys);
      }
    }
  }

  private static Stream<Attribute> paths(Expression expression) {
    return switch (expression) {
      case Attribute path -> Stream.of(path);
      case Operand.Value(AttributeValue _) -> Stream.empty();
      case Expression.IfNotExists(Attribute path, Expression otherwise) ->
          Stream.concat(Stream.of(path), paths(otherwise));
      case Expression.ListAppend(Expression first, Expression second) -> Stream.concat(paths(first), paths(second));
      case Expression.Plus(Expression left, Expression right) -> Stream.concat(paths(left), paths(right));
      case Expression.Minus(Expression left, Expression right) -> Stream.concat(paths(left), paths(right));
    };
  }

  private static void check(Expression expression) {
    switch (expression) {
      case Attribute path -> Paths.check(path, KIND);
      case Operand.Value(AttributeValue value) -> ValueCheck.operand(value);
      case Expression.IfNotExists(Attribute path, Expression otherwise) -> {
        Paths.check(path, KIND);
        inner(otherwise);
        noListAppend(otherwise);
        if (path.equals(otherwise)) {
          throw KIND.invalid(
              "The first operand must be distinct from the remaining operands for this operator or function; operator: "
                  + "if_not_exists, first operand: " + PathTree.text(path));
        }
      }
      case Expression.ListAppend(Expression first, Expression second) -> {
        inner(first);
        inner(second);
        noListAppend(first);
        noListAppend(second);
        literal("list_append", first, Set.of("L"));
        literal("list_append", second, Set.of("L"));
      }
      case Expression.Plus(Expression left, Expression right) -> arithmetic("+", left, right);
      case Expression.Minus(Expression left, Expression right) -> arithmetic("-", left, right);
    }
  }

  private static void arithmetic(String operator, Expression left, Expression right) {
    inner(left);
    inner(right);
    noListAppend(left);
    noListAppend(right);
    literal(operator, left, Set.of("N"));
    literal(operator, right, Set.of("N"));
  }

  /** An operand of a function or of + and -: DynamoDB's syntax has no arithmetic there. */
  private static void inner(Expression expression) {
    if (expression instanceof Expression.Plus || expression instanceof Expression.Minus) {
      throw KIND.invalid(
          "Syntax error; an operand cannot be a sum or difference itself: store it in an attribute first");
    }
    check(expression);
  }

  private static void noListAppend(Expression operand) {
    if (operand instanceof Expression.ListAppend) {
      throw KIND.invalid(
          "The function is not allowed to be used this way in an expression; function: list_append");
    }
  }

  private static void literal(String operator, Expression expression, Set<String> allowed) {
    if (expression instanceof Operand.Value(AttributeValue value)
        && !allowed.contains(value.type())) {
      throw ConditionCheck.operandType(KIND, operator, value.type());
    }
  }

  private static void operand(String operator, AttributeValue value, Set<String> allowed) {
    ValueCheck.operand(value);
    if (!allowed.contains(value.type())) {
      throw KIND.invalid(
          "Incorrect operand type for operator or function; operator: " + operator + ", operand type: "
              + typeName(value) + ", typeSet: ALLOWED_FOR_" + operator + "_OPERAND");
    }
  }

  private static String typeName(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> "STRING";
      case AttributeValue.N _ -> "NUMBER";
      case AttributeValue.B _ -> "BINARY";
      case AttributeValue.Bool _ -> "BOOLEAN";
      case AttributeValue.Null _ -> "NULL";
      case AttributeValue.L _ -> "LIST";
      case AttributeValue.M _ -> "MAP";
      case AttributeValue.Ss _ -> "STRING_SET";
      case AttributeValue.Ns _ -> "NUMBER_SET";
      case AttributeValue.Bs _ -> "BINARY_SET";
    };
  }
}
