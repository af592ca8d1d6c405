package dev.pinion.dynamodb;

import dev.pinion.spi.TableModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DynamoDB's operations by their names. Any thread. */
final class DynamoDbOperations {
  private static final Set<String> DECLARED =
      Set.of("CreateTable", "DeleteTable", "UpdateTable", "UpdateTimeToLive", "UpdateContinuousBackups");

  private final Reads reads;
  private final Searches searches;
  private final Writes writes;
  private final WriteTransactions transactions;
  private final Descriptions descriptions;

  /**
   * The operations on some tables.
   *
   * @param since when the tables were created, as far as requests are told
   */
  DynamoDbOperations(LocalTables tables, InstantSource clock, Instant since) {
    reads = new Reads(tables);
    searches = new Searches(tables);
    writes = new Writes(tables);
    transactions = new WriteTransactions(tables, new TransactionTokens(clock));
    descriptions = new Descriptions(tables, since);
  }

  /**
   * Executes an operation.
   *
   * @param host the host that the request was sent to
   * @return the answer's members
   * @throws DynamoDbError if it is refused
   * @throws dev.pinion.ValidationException if the tables refuse it
   */
  Map<String, Object> execute(String operation, Parameters request, String host) {
    LegacyParameters.refuse(request);
    return switch (operation) {
      case "BatchGetItem" -> reads.batchGetItem(request);
      case "BatchWriteItem" -> writes.batchWriteItem(request);
      case "DeleteItem" -> writes.deleteItem(request);
      case "DescribeEndpoints" -> Descriptions.endpoints(host);
      case "DescribeLimits" -> Descriptions.limits();
      case "DescribeTable" -> descriptions.table(request);
      case "DescribeTimeToLive" -> descriptions.timeToLive(request);
      case "GetItem" -> reads.getItem(request);
      case "ListTables" -> descriptions.tables(request);
      case "PutItem" -> writes.putItem(request);
      case "Query" -> searches.query(request);
      case "Scan" -> searches.scan(request);
      case "TransactGetItems" -> reads.transactGetItems(request);
      case "TransactWriteItems" -> transactions.write(request);
      case "UpdateItem" -> writes.updateItem(request);
      default -> throw unsupported(operation);
    };
  }

  private static DynamoDbError unsupported(String operation) {
    return DECLARED.contains(operation)
        ? DynamoDbError.validation(
            operation + " is not supported: these tables are a Pinion program's, which declares them; change the"
                + " program")
        : DynamoDbError.unknownOperation("Pinion's local tables do not have the operation " + operation);
  }

  /** Refuses a request for an index that the table does not have. */
  static void mustHaveIndex(TableModel table, String index) {
    List<TableModel.IndexModel> indexes = table.indexes();
    if (indexes.stream().noneMatch(each -> each.name().equals(index))) {
      throw DynamoDbError.validation("The table does not have the specified index: " + index);
    }
  }
}
