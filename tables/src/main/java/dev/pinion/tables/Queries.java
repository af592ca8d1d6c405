package dev.pinion.tables;

import dev.pinion.Condition;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.ValidationException;
import java.util.Optional;

/** Queries and scans of one table's rows. */
final class Queries {
  private Queries() {}

  static EvaluatedPage query(TableRows rows, Query query, Optional<Item> start) {
    consistent(query.index(), query.consistent());
    PageReader reader =
        new PageReader(
            rows,
            query.index(),
            query.filter(),
            Projection.of(query.projection(), rows.layout()),
            query.limit(),
            query.descending(),
            Segment.ALL);
    KeyRange range = QueryRange.of(query, reader.key());
    query.filter().ifPresent(filter -> filter(filter, rows.layout(), reader.key()));
    return reader.read(range, start);
  }

  static EvaluatedPage scan(TableRows rows, Scan scan, Segment segment, Optional<Item> start) {
    consistent(scan.index(), scan.consistent());
    PageReader reader =
        new PageReader(
            rows,
            scan.index(),
            scan.filter(),
            Projection.of(scan.projection(), rows.layout()),
            scan.limit(),
            false,
            segment);
    scan.filter().ifPresent(filter -> scalarKeys(filter, rows.layout()));
    return reader.read(KeyRange.ALL, start);
  }

  private static void scalarKeys(Condition filter, TableLayout table) {
    ConditionCheck.check(filter, ExpressionKind.FILTER);
    ConditionPaths.of(filter).forEach(table::scalarKeys);
  }

  private static void consistent(Optional<String> index, boolean consistent) {
    if (index.isPresent() && consistent) {
      throw new ValidationException(
          "Consistent reads are not supported on global secondary indexes");
    }
  }

  private static void filter(Condition filter, TableLayout table, KeySchema key) {
    scalarKeys(filter, table);
    ConditionPaths.of(filter)
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
}
