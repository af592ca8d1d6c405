package dev.pinion.lambda;

import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.spi.Expressions;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The app's tables on DynamoDB. Any thread. */
final class DynamoDbStore implements Store {
  private final DynamoDb dynamoDb;
  private final Function<TableModel, String> tableName;
  private final Batches batches;

  /**
   * Creates the store.
   *
   * @param tableName returns the physical name of a table, or throws if the function may not use the table
   */
  DynamoDbStore(DynamoDb dynamoDb, Function<TableModel, String> tableName, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.tableName = tableName;
    batches = new Batches(dynamoDb, tableName, pause);
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    return row(
        dynamoDb.call(
            "PutItem",
            request -> new WriteParts(tableName).put(request, put).text("ReturnValues", "ALL_OLD")));
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    return dynamoDb
        .call(
            "UpdateItem",
            request -> new WriteParts(tableName).update(request, update).text("ReturnValues", "ALL_NEW"))
        .row()
        .orElseGet(() -> Item.of(Map.of()));
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    return row(
        dynamoDb.call(
            "DeleteItem",
            request -> new WriteParts(tableName).delete(request, delete).text("ReturnValues", "ALL_OLD")));
  }

  /** The row that a write replaced; without one, DynamoDB sends no attributes or an empty map. */
  private static Optional<Item> row(DynamoDbReply reply) {
    return reply.row().filter(item -> !item.attributes().isEmpty());
  }

  @Override
  public Optional<Item> getItem(Read read) {
    String name = tableName.apply(read.table());
    return dynamoDb
        .call(
            "GetItem",
            request -> {
              Expressions expressions = new Expressions();
              request.text("TableName", name)
                  .item("Key", read.key().values())
                  .text("ProjectionExpression", expressions.projection(read.projection()))
                  .bool("ConsistentRead", read.consistent())
                  .placeholders(expressions);
            })
        .row();
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    String name = tableName.apply(table);
    return page(
        dynamoDb.call(
            "Query",
            request -> {
              Expressions expressions = new Expressions();
              request.text("TableName", name)
                  .text("IndexName", query.index().orElse(null))
                  .text("KeyConditionExpression", expressions.keyCondition(table, query))
                  .text("FilterExpression", expressions.filter(query.filter()))
                  .text("ProjectionExpression", expressions.projection(query.projection()))
                  .bool("ScanIndexForward", !query.descending())
                  .bool("ConsistentRead", query.consistent());
              if (query.limit().isPresent()) {
                request.number("Limit", query.limit().getAsInt());
              }
              start(request, exclusiveStartKey).placeholders(expressions);
            }));
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    String name = tableName.apply(table);
    return page(
        dynamoDb.call(
            "Scan",
            request -> {
              Expressions expressions = new Expressions();
              request.text("TableName", name)
                  .text("IndexName", scan.index().orElse(null))
                  .text("FilterExpression", expressions.filter(scan.filter()))
                  .text("ProjectionExpression", expressions.projection(scan.projection()))
                  .bool("ConsistentRead", scan.consistent());
              if (scan.limit().isPresent()) {
                request.number("Limit", scan.limit().getAsInt());
              }
              start(request, exclusiveStartKey).placeholders(expressions);
            }));
  }

  private static RequestWriter start(RequestWriter request, Optional<Item> key) throws IOException {
    return key.isPresent() ? request.item("ExclusiveStartKey", key.get().attributes()) : request;
  }

  private static Page page(DynamoDbReply reply) {
    return new Page(reply.rows(), reply.next().filter(key -> !key.attributes().isEmpty()));
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    return batches.get(reads);
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    batches.write(writes);
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    return dynamoDb
        .call(
            "TransactGetItems",
            request -> request.array(
                "TransactItems", reads,
                (out, read) -> out.object(part -> new WriteParts(tableName).transactGet(part, read))))
        .parts();
  }

  /** Repeats use the same token, so that a transaction whose answer was lost is not executed twice. */
  @Override
  public void transactWriteItems(List<Write> writes) {
    String token = UUID.randomUUID().toString();
    var _ = dynamoDb.call(
        "TransactWriteItems",
        request -> request.text("ClientRequestToken", token)
            .array(
                "TransactItems", writes,
                (out, write) -> out.object(part -> new WriteParts(tableName).transactWrite(part, write))));
  }
}
