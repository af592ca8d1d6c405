package dev.pinion.tables;

import dev.pinion.AttributeValue;
import dev.pinion.Condition.Comparison;
import dev.pinion.Query;
import dev.pinion.Range;
import dev.pinion.ValidationException;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.ValueCheck;
import java.util.List;

/** A query's key condition as the range of keys that it reads. */
final class QueryRange {
  private static final ExpressionKind KIND = ExpressionKind.KEY_CONDITION;

  private QueryRange() {}

  /** The range of an index's or table's entries that a query reads. */
  static KeyRange of(Query query, KeySchema key) {
    ValueCheck.operand(query.hash());
    query.range().ifPresent(range -> literals(range).forEach(ValueCheck::operand));
    query.range().ifPresent(QueryRange::check);
    operand(key.hash(), query.hash());
    KeyBytes hash = new KeyBytes().value(query.hash());
    if (query.range().isEmpty()) {
      return KeyRange.startingWith(hash.toArray());
    }
    Range range = query.range().get();
    KeyAttribute attribute =
        key.range().orElseThrow(() -> new ValidationException("Query key condition not supported"));
    literals(range).forEach(value -> {
      operand(attribute, value);
      KeyCheck.size(attribute, value, key);
    });
    return within(hash.toArray(), range);
  }

  private static List<AttributeValue> literals(Range range) {
    return switch (range) {
      case Range.Compared(_, AttributeValue value) -> List.of(value);
      case Range.Between(AttributeValue low, AttributeValue high) -> List.of(low, high);
      case Range.BeginsWith(AttributeValue prefix) -> List.of(prefix);
    };
  }

  private static void check(Range range) {
    switch (range) {
      case Range.Compared(Comparison comparison, AttributeValue value) -> {
        if (comparison == Comparison.NE) {
          throw new ValidationException("Unsupported operator on KeyCondition: operator: <>");
        } else if (comparison != Comparison.EQ) {
          type(comparison.operator(), value, List.of("S", "N", "B"));
        }
      }
      case Range.Between(AttributeValue low, AttributeValue high) -> {
        type("BETWEEN", low, List.of("S", "N", "B"));
        type("BETWEEN", high, List.of("S", "N", "B"));
        ConditionCheck.bounds(low, high, KIND);
      }
      case Range.BeginsWith(AttributeValue prefix) ->
          type("begins_with", prefix, List.of("S", "B"));
    }
  }

  private static void type(String operator, AttributeValue value, List<String> allowed) {
    if (!allowed.contains(value.type())) {
      throw ConditionCheck.operandType(KIND, operator, value.type());
    }
  }

  private static void operand(KeyAttribute attribute, AttributeValue value) {
    if (!KeyCheck.hasType(attribute, value)) {
      throw new ValidationException(
          "One or more parameter values were invalid: Condition parameter type does not match schema type");
    }
    KeyCheck.notEmpty(attribute, value);
  }

  private static KeyRange within(byte[] hash, Range range) {
    KeyRange all = KeyRange.startingWith(hash);
    return switch (range) {
      case Range.BeginsWith(AttributeValue prefix) ->
          KeyRange.startingWith(new KeyBytes().bytes(hash).prefix(prefix).toArray());
      case Range.Between(AttributeValue low, AttributeValue high) ->
          new KeyRange(entry(hash, low), KeyRange.behind(entry(hash, high)));
      case Range.Compared(Comparison comparison, AttributeValue value) -> {
        byte[] entry = entry(hash, value);
        yield switch (comparison) {
          case EQ -> KeyRange.startingWith(entry);
          case LT -> new KeyRange(all.from(), entry);
          case LE -> new KeyRange(all.from(), KeyRange.behind(entry));
          case GT -> new KeyRange(KeyRange.behind(entry), all.to());
          case GE -> new KeyRange(entry, all.to());
          case NE -> throw new IllegalArgumentException("no key condition has <>");
        };
      }
    };
  }

  private static byte[] entry(byte[] hash, AttributeValue range) {
    return new KeyBytes().bytes(hash).value(range).toArray();
  }
}
