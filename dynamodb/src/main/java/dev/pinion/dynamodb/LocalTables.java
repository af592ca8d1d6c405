package dev.pinion.dynamodb;

import dev.pinion.spi.TableModel;
import dev.pinion.tables.TableRequests;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tables by the names that requests call them, which are their ids in the program. Any thread.
 *
 * @param models what the program declares at this moment
 * @param requests the operations on the tables' rows
 */
record LocalTables(Supplier<List<TableModel>> models, TableRequests requests) {
  private static final String ARN = "arn:aws:dynamodb:ddblocal:000000000000:table/";

  /** Returns a table's ARN. */
  static String arn(TableModel table) {
    return ARN + table.id();
  }

  /** Returns the names of all tables, in order. */
  List<String> names() {
    return models.get().stream().map(TableModel::id).sorted(Comparator.naturalOrder()).toList();
  }

  /** Returns the table that a request names by its name or ARN. */
  TableModel table(Parameters request) {
    return table(request.required("TableName"));
  }

  /** Returns a table by its name or ARN. */
  TableModel table(String nameOrArn) {
    String name = nameOrArn.startsWith("arn:") ? nameOrArn.replaceFirst("^arn:.*:table/", "") : nameOrArn;
    return models.get().stream().filter(each -> each.id().equals(name)).findFirst()
        .orElseThrow(() -> DynamoDbError.resourceNotFound("Requested resource not found"));
  }
}
