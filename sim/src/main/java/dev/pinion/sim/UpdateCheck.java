package dev.pinion.sim;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.Update.Expression;
import dev.pinion.ValidationException;
import java.util.List;
import java.util.Set;

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
  static PathTree<Update> check(TableLayout table, List<Update> updates) {
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
    for (Update update : updates) {
      String name = Paths.first(update.attribute());
      if (table.key().has(name)) {
        throw new ValidationException(
            "One or more parameter values were invalid: Cannot update attribute "
                + name
                + ". This attribute is part of the key");
      }
    }
    return tree;
  }

  private static void check(Expression expression) {
    switch (expression) {
      case Attribute path -> Paths.check(path, KIND);
      case Operand.Value(AttributeValue value) -> ValueCheck.check(value);
      case Expression.IfNotExists(Attribute path, Expression otherwise) -> {
        Paths.check(path, KIND);
        inner(otherwise);
      }
      case Expression.ListAppend(Expression first, Expression second) -> {
        inner(first);
        inner(second);
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

  private static void literal(String operator, Expression expression, Set<String> allowed) {
    if (expression instanceof Operand.Value(AttributeValue value)
        && !allowed.contains(value.type())) {
      throw ConditionCheck.operandType(KIND, operator, value);
    }
  }

  private static void operand(String operator, AttributeValue value, Set<String> allowed) {
    ValueCheck.check(value);
    if (!allowed.contains(value.type())) {
      throw ConditionCheck.operandType(KIND, operator, value);
    }
  }
}
