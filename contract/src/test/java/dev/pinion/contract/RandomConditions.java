package dev.pinion.contract;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Condition.Comparison;
import dev.pinion.Operand;
import dev.pinion.Update;
import dev.pinion.Update.Expression;
import dev.pinion.spi.TableModel;
import java.util.List;

/** Conditions and updates of all forms. */
final class RandomConditions {
  private static final List<String> TYPES = List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS");

  private final RandomValues values;

  RandomConditions(RandomValues values) {
    this.values = values;
  }

  Condition condition(TableModel table) {
    return condition(table, 2);
  }

  private Condition condition(TableModel table, int depth) {
    Attribute path = values.path(table);
    Operand first = values.chance(90) ? path : operand(table);
    return switch (values.random.nextInt(depth > 0 ? 14 : 10)) {
      case 0, 1, 2 -> new Condition.Compare(operand(table), values.one(List.of(Comparison.values())), operand(table));
      case 3 -> new Condition.Between(operand(table), operand(table), operand(table));
      case 4 -> new Condition.In(operand(table), values.some(1, 3, () -> operand(table)));
      case 5 -> path.exists();
      case 6 -> path.notExists();
      case 7 -> new Condition.HasType(first, values.chance(2) ? "X" : values.one(TYPES));
      case 8 -> new Condition.BeginsWith(first, operand(table));
      case 9 -> new Condition.Contains(first, operand(table));
      case 10, 11 -> condition(table, depth - 1).and(condition(table, depth - 1));
      case 12 -> condition(table, depth - 1).or(condition(table, depth - 1));
      default -> condition(table, depth - 1).not();
    };
  }

  private Operand operand(TableModel table) {
    return switch (values.random.nextInt(6)) {
      case 0, 1, 2 -> values.path(table);
      case 3 -> new Operand.Size(values.chance(90) ? values.path(table) : Operand.of(values.value()));
      default -> Operand.of(values.value());
    };
  }

  Update[] updates(TableModel table) {
    return values.some(values.chance(2) ? 0 : 1, 3, () -> update(table)).toArray(Update[]::new);
  }

  private Update update(TableModel table) {
    Attribute path = values.path(table);
    return switch (values.random.nextInt(8)) {
      case 0, 1, 2, 3 -> new Update.Set(path, expression(table, 2));
      case 4 -> path.remove();
      case 5 -> new Update.Add(path, values.chance(80) ? numberOrSet() : values.value());
      case 6 -> new Update.Delete(path, values.chance(80) ? values.set() : values.value());
      default -> new Update.Set(Attribute.attribute(values.name()), new Operand.Value(values.value()));
    };
  }

  private AttributeValue numberOrSet() {
    return values.random.nextBoolean() ? values.number() : values.set();
  }

  private Expression expression(TableModel table, int depth) {
    return switch (values.random.nextInt(depth > 0 ? 8 : 4)) {
      case 0 -> values.path(table);
      case 1, 2 -> new Operand.Value(values.value());
      case 3 -> new Operand.Value(values.number());
      case 4 -> new Expression.IfNotExists(values.path(table), expression(table, depth - 1));
      case 5 -> new Expression.ListAppend(expression(table, depth - 1), expression(table, 0));
      case 6 -> new Expression.Plus(expression(table, depth - 1), expression(table, 0));
      default -> new Expression.Minus(expression(table, 0), expression(table, 0));
    };
  }
}
