package dev.pinion.sim;

import dev.pinion.Attribute;
import dev.pinion.AttributeValue;
import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Operand;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.ValidationException;
import dev.pinion.spi.Page;
import java.util.Optional;
import java.util.stream.Stream;

/** Queries and scans of one table's rows. */
final class Queries {
  private Queries() {}

  static Page query(TableRows rows, Query query, Optional<Item> start) {
    consistent(query.index(), query.consistent());
    PageReader reader =
        new PageReader(
            rows,
            query.index(),
            query.filter(),
            Projection.of(query.projection()),
            query.limit(),
            query.descending());
    KeyRange range = QueryRange.of(query, reader.key());
    query.filter().ifPresent(filter -> filter(filter, reader.key()));
    return reader.read(range, start);
  }

  static Page scan(TableRows rows, Scan scan, Optional<Item> start) {
    consistent(scan.index(), scan.consistent());
    PageReader reader =
        new PageReader(
            rows,
            scan.index(),
            scan.filter(),
            Projection.of(scan.projection()),
            scan.limit(),
            false);
    scan.filter().ifPresent(filter -> ConditionCheck.check(filter, ExpressionKind.FILTER));
    return reader.read(KeyRange.ALL, start);
  }

  private static void consistent(Optional<String> index, boolean consistent) {
    if (index.isPresent() && consistent) {
      throw new ValidationException(
          "Consistent reads are not supported on global secondary indexes");
    }
  }

  private static void filter(Condition filter, KeySchema key) {
    ConditionCheck.check(filter, ExpressionKind.FILTER);
    attributes(filter)
        .map(Paths::first)
        .filter(key::has)
        .findFirst()
        .ifPresent(
            name -> {
              throw new ValidationException(
                  "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                      + name);
            });
  }

  private static Stream<Attribute> attributes(Condition condition) {
    return switch (condition) {
      case Condition.And(Condition left, Condition right) ->
          Stream.concat(attributes(left), attributes(right));
      case Condition.Or(Condition left, Condition right) ->
          Stream.concat(attributes(left), attributes(right));
      case Condition.Not(Condition inner) -> attributes(inner);
      case Condition.Compare(Operand left, _, Operand right) -> operands(left, right);
      case Condition.Between(Operand operand, Operand low, Operand high) ->
          operands(operand, low, high);
      case Condition.In(Operand operand, var candidates) ->
          Stream.concat(operands(operand), candidates.stream().flatMap(Queries::operands));
      case Condition.Exists(Attribute attribute) -> Stream.of(attribute);
      case Condition.NotExists(Attribute attribute) -> Stream.of(attribute);
      case Condition.HasType(Attribute attribute, _) -> Stream.of(attribute);
      case Condition.BeginsWith(Attribute attribute, Operand prefix) ->
          operands(attribute, prefix);
      case Condition.Contains(Attribute attribute, Operand part) -> operands(attribute, part);
    };
  }

  private static Stream<Attribute> operands(Operand... operands) {
    return Stream.of(operands)
        .flatMap(
            operand -> switch (operand) {
              case Attribute path -> Stream.of(path);
              case Operand.Size(Attribute path) -> Stream.of(path);
              case Operand.Value(AttributeValue _) -> Stream.empty();
            });
  }
}
