package dev.pinion.tables;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Operand;
import java.util.stream.Stream;

/** The document paths that a condition looks at. */
final class ConditionPaths {
  private ConditionPaths() {}

  static Stream<Attribute> of(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          Stream.concat(of(left), of(right));
      case Condition.Or(Condition left, Condition right) ->
          Stream.concat(of(left), of(right));
      case Condition.Not(Condition inner) -> of(inner);
      case Condition.Compare(Operand left, _, Operand right) -> operands(left, right);
      case Condition.Between(Operand operand, Operand low, Operand high) ->
          operands(operand, low, high);
      case Condition.In(Operand operand, var candidates) ->
          Stream.concat(operands(operand), candidates.stream().flatMap(ConditionPaths::operands));
      case Condition.Exists(Attribute attribute) -> Stream.of(attribute);
      case Condition.NotExists(Attribute attribute) -> Stream.of(attribute);
      case Condition.HasType(Operand operand, _) -> operands(operand);
      case Condition.BeginsWith(Operand operand, Operand prefix) -> operands(operand, prefix);
      case Condition.Contains(Operand operand, Operand part) -> operands(operand, part);
    };
  }

  private static Stream<Attribute> operands(Operand... operands) {
    return Stream.of(operands)
        .flatMap(
            operand -> switch (operand) {
              case Attribute path -> Stream.of(path);
              case Operand.Size(Operand sized) -> operands(sized);
              case Operand.Value(AttributeValue _) -> Stream.empty();
            });
  }
}
