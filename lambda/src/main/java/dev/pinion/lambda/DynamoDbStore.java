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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The app's tables on DynamoDB. Any thread. */
final class DynamoDbStore implements Store {
  private final Supplier<DynamoDbClient> client;
  private final Function<TableModel, String> tableName;
  private final Retries retries;
  private final Batches batches;

  /**
   * A store on a client, which is asked for at each call, after the table's name.
   *
   * @param tableName gives a table's physical name, or throws when the function may not use it
   */
  DynamoDbStore(Supplier<DynamoDbClient> client, Function<TableModel, String> tableName, Retries retries) {
    this.client = client;
    this.tableName = tableName;
    this.retries = retries;
    batches = new Batches(client, tableName, retries);
  }

  private <T> T call(Supplier<T> call) {
    try {
      return retries.call(call);
    } catch (SdkException e) {
      throw Refusals.dynamoDb(e);
    }
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    String name = tableName.apply(put.table());
    Expressions expressions = new Expressions();
    return item(
        call(
            () -> client.get().putItem(
                request -> request.tableName(name)
                    .item(Items.aws(put.item().attributes()))
                    .conditionExpression(expressions.condition(put.condition()))
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(Items.operands(expressions))
                    .returnValues(ReturnValue.ALL_OLD)))
            .attributes());
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    String name = tableName.apply(update.table());
    Expressions expressions = new Expressions();
    return Items.item(
        call(
            () -> client.get().updateItem(
                request -> request.tableName(name)
                    .key(Items.aws(update.key().values()))
                    .updateExpression(expressions.update(update.updates()))
                    .conditionExpression(expressions.condition(update.condition()))
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(Items.operands(expressions))
                    .returnValues(ReturnValue.ALL_NEW)))
            .attributes());
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    String name = tableName.apply(delete.table());
    Expressions expressions = new Expressions();
    return item(
        call(
            () -> client.get().deleteItem(
                request -> request.tableName(name)
                    .key(Items.aws(delete.key().values()))
                    .conditionExpression(expressions.condition(delete.condition()))
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(Items.operands(expressions))
                    .returnValues(ReturnValue.ALL_OLD)))
            .attributes());
  }

  @Override
  public Optional<Item> getItem(Read read) {
    String name = tableName.apply(read.table());
    Expressions expressions = new Expressions();
    var response =
        call(
            () -> client.get().getItem(
                request -> request.tableName(name)
                    .key(Items.aws(read.key().values()))
                    .projectionExpression(expressions.projection(read.projection()))
                    .expressionAttributeNames(expressions.names())
                    .consistentRead(read.consistent())));
    return response.hasItem() ? Optional.of(Items.item(response.item())) : Optional.empty();
  }

  /** A row that a write replaced; DynamoDB sends no attributes when there was none. */
  private static Optional<Item> item(Map<String, AttributeValue> attributes) {
    return attributes.isEmpty() ? Optional.empty() : Optional.of(Items.item(attributes));
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    String name = tableName.apply(table);
    Expressions expressions = new Expressions();
    var response =
        call(
            () -> client.get().query(
                request -> request.tableName(name)
                    .indexName(query.index().orElse(null))
                    .keyConditionExpression(expressions.keyCondition(table, query))
                    .filterExpression(expressions.filter(query.filter()))
                    .projectionExpression(expressions.projection(query.projection()))
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(Items.operands(expressions))
                    .scanIndexForward(!query.descending())
                    .limit(limit(query.limit()))
                    .consistentRead(query.consistent())
                    .exclusiveStartKey(start(exclusiveStartKey))));
    return page(response.items(), response.lastEvaluatedKey());
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    String name = tableName.apply(table);
    Expressions expressions = new Expressions();
    var response =
        call(
            () -> client.get().scan(
                request -> request.tableName(name)
                    .indexName(scan.index().orElse(null))
                    .filterExpression(expressions.filter(scan.filter()))
                    .projectionExpression(expressions.projection(scan.projection()))
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(Items.operands(expressions))
                    .limit(limit(scan.limit()))
                    .consistentRead(scan.consistent())
                    .exclusiveStartKey(start(exclusiveStartKey))));
    return page(response.items(), response.lastEvaluatedKey());
  }

  private static @Nullable Integer limit(OptionalInt limit) {
    return limit.isPresent() ? limit.getAsInt() : null;
  }

  private static @Nullable Map<String, AttributeValue> start(Optional<Item> key) {
    return key.map(item -> Items.aws(item.attributes())).orElse(null);
  }

  private static Page page(List<Map<String, AttributeValue>> rows, Map<String, AttributeValue> lastEvaluatedKey) {
    return new Page(rows.stream().map(Items::item).toList(), item(lastEvaluatedKey));
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    try {
      return batches.get(reads);
    } catch (SdkException e) {
      throw Refusals.dynamoDb(e);
    }
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    try {
      batches.write(writes);
    } catch (SdkException e) {
      throw Refusals.dynamoDb(e);
    }
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    List<TransactGetItem> parts = reads.stream().map(read -> Transactions.get(read, tableName)).toList();
    return call(() -> client.get().transactGetItems(request -> request.transactItems(parts)))
        .responses()
        .stream()
        .map(response -> response.hasItem() ? Optional.of(Items.item(response.item())) : Optional.<Item>empty())
        .toList();
  }

  /** Repeated with the same token, so that a transaction whose answer was lost is not done twice. */
  @Override
  public void transactWriteItems(List<Write> writes) {
    String token = UUID.randomUUID().toString();
    List<TransactWriteItem> parts = writes.stream().map(write -> Transactions.write(write, tableName)).toList();
    var _ = call(
        () -> client.get().transactWriteItems(request -> request.clientRequestToken(token).transactItems(parts)));
  }
}
