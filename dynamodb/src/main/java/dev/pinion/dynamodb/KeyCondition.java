package dev.pinion.dynamodb;

import dev.pinion.AttributeValue;
import dev.pinion.Condition.Comparison;
import dev.pinion.Range;
import dev.pinion.dynamodb.ExpressionNode.And;
import dev.pinion.dynamodb.ExpressionNode.Call;
import dev.pinion.dynamodb.ExpressionNode.Compare;
import dev.pinion.dynamodb.ExpressionNode.Path;
import dev.pinion.dynamodb.ExpressionNode.Term;
import dev.pinion.dynamodb.ExpressionNode.Value;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key condition of a query: a condition for each of one or two attributes.
 *
 * @param conditions the conditions by the attributes' names
 * @see <a href=
 *     "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">DynamoDB:
 *     key condition expressions</a>
 */
record KeyCondition(Map<String, Range> conditions) {
  private static final String MULTIPLE =
      "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition";

  /** Reads a key condition. */
  static KeyCondition of(ExpressionNode node, ExpressionTerms terms) {
    List<ExpressionNode> parts = new ArrayList<>();
    parts(node, parts);
    Map<String, Range> conditions = new LinkedHashMap<>();
    for (ExpressionNode part : parts) {
      List<Path> paths = part.parts().stream().filter(Path.class::isInstance).map(Path.class::cast).toList();
      if (conditions.put(name(part, paths, terms), range(part, terms)) != null) {
        throw DynamoDbError.validation("KeyConditionExpressions must only contain one condition per key");
      }
    }
    return new KeyCondition(conditions);
  }

  /** Collects what {@code AND} joins, and refuses all operators that no key condition has. */
  private static void parts(ExpressionNode node, List<ExpressionNode> parts) {
    switch (node) {
      case And(ExpressionNode left, ExpressionNode right) -> {
        parts(left, parts);
        parts(right, parts);
      }
      case Compare(_, Comparison comparison, _) when comparison == Comparison.NE -> throw operator("<>");
      case Call call when !call.function().equals("begins_with") -> throw operator(call.function());
      case ExpressionNode.Or _ -> throw operator("OR");
      case ExpressionNode.Not _ -> throw operator("NOT");
      case ExpressionNode.In _ -> throw operator("IN");
      default -> parts.add(node);
    }
  }

  private static DynamoDbError operator(String operator) {
    return DynamoDbError.validation("Invalid operator used in KeyConditionExpression: " + operator);
  }

  private static String name(ExpressionNode part, List<Path> paths, ExpressionTerms terms) {
    String first = part instanceof Call ? "begins_with" : part instanceof ExpressionNode.Between ? "BETWEEN" : "";
    if (!first.isEmpty() && !(part.parts().getFirst() instanceof Path)) {
      throw DynamoDbError.validation(
          "Invalid condition in KeyConditionExpression: " + first
              + " operator must have the key attribute as its first operand");
    } else if (part.parts().stream().anyMatch(Call.class::isInstance)) {
      throw DynamoDbError.validation("KeyConditionExpressions cannot contain nested operations");
    } else if (paths.size() > 1) {
      throw DynamoDbError.validation(MULTIPLE);
    } else if (paths.isEmpty()) {
      throw DynamoDbError.validation("Invalid condition in KeyConditionExpression: No key attribute specified");
    } else if (paths.getFirst().elements().size() > 1) {
      throw DynamoDbError.validation("KeyConditionExpressions cannot have conditions on nested attributes");
    }
    return terms.attribute(paths.getFirst()).toString();
  }

  private static Range range(ExpressionNode part, ExpressionTerms terms) {
    return switch (part) {
      case Compare(Path _, Comparison comparison, Term right) -> new Range.Compared(comparison, value(right, terms));
      case Compare(Term left, Comparison comparison, _) ->
          new Range.Compared(mirrored(comparison), value(left, terms));
      case ExpressionNode.Between(_, Term low, Term high) -> new Range.Between(value(low, terms), value(high, terms));
      default -> new Range.BeginsWith(value((Term) part.parts().getLast(), terms));
    };
  }

  private static Comparison mirrored(Comparison comparison) {
    return switch (comparison) {
      case EQ, NE -> comparison;
      case LT -> Comparison.GT;
      case LE -> Comparison.GE;
      case GT -> Comparison.LT;
      case GE -> Comparison.LE;
    };
  }

  private static AttributeValue value(Term term, ExpressionTerms terms) {
    return terms.value((Value) term);
  }

  /** Returns the value that the hash key must equal. */
  AttributeValue hash(KeyAttribute hash) {
    if (conditions.size() > 2) {
      throw DynamoDbError.validation("Conditions can be of length 1 or 2 only");
    }
    return switch (conditions.get(hash.name())) {
      case null -> throw DynamoDbError.validation("Query condition missed key schema element: " + hash.name());
      case Range.Compared(Comparison comparison, AttributeValue value) when comparison == Comparison.EQ -> value;
      default -> throw unsupported();
    };
  }

  /** Returns the condition on the range key; empty if there is none. */
  Optional<Range> range(KeyAttribute hash, Optional<KeyAttribute> range) {
    if (conditions.size() == 1) {
      return Optional.empty();
    }
    String name = conditions.keySet().stream().filter(each -> !each.equals(hash.name())).findFirst().orElseThrow();
    if (range.isEmpty()) {
      throw unsupported();
    } else if (!range.get().name().equals(name)) {
      throw DynamoDbError.validation("Query condition missed key schema element: " + range.get().name());
    }
    return Optional.ofNullable(conditions.get(name));
  }

  private static DynamoDbError unsupported() {
    return DynamoDbError.validation("Query key condition not supported");
  }
}
