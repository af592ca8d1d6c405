package dev.pinion.dynamodb;

import dev.pinion.AttributeValue.Bytes;
import dev.pinion.ConditionalCheckFailedException;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.ServiceException;
import dev.pinion.TransactionCanceledException;
import dev.pinion.TransactionCanceledException.Reason;
import dev.pinion.ValidationException;
import dev.pinion.contract.StoreBackend;
import dev.pinion.lambda.DynamoDbLocal;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.Expressions;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Tables through the AWS SDK's own client. */
record SdkStore(DynamoDbClient sdk) implements Store {

  /** Starts tables in memory, reached through the SDK. */
  static StoreBackend start(List<TableModel> models) {
    LocalEndpoint endpoint = LocalEndpoint.start(models);
    DynamoDbClient sdk = DynamoDbLocal.sdk(endpoint.uri());
    return new StoreBackend(new CheckedStore(new SdkStore(sdk)), () -> {
      sdk.close();
      endpoint.close();
    });
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    Expressions names = new Expressions();
    String condition = names.condition(put.condition());
    return old(
        called(
            () -> sdk.putItem(
                request -> request.tableName(put.table().id()).item(sdk(put.item())).conditionExpression(condition)
                    .expressionAttributeNames(names.names()).expressionAttributeValues(values(names))
                    .returnValues(ReturnValue.ALL_OLD)))
            .attributes());
  }

  private static Optional<Item> old(Map<String, AttributeValue> attributes) {
    return attributes.isEmpty() ? Optional.empty() : Optional.of(item(attributes));
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    Expressions names = new Expressions();
    String updates = names.update(update.updates());
    String condition = names.condition(update.condition());
    return item(
        called(
            () -> sdk.updateItem(
                request -> request.tableName(update.table().id()).key(sdk(update.key().attributes()))
                    .updateExpression(updates).conditionExpression(condition).expressionAttributeNames(names.names())
                    .expressionAttributeValues(values(names)).returnValues(ReturnValue.ALL_NEW)))
            .attributes());
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    Expressions names = new Expressions();
    String condition = names.condition(delete.condition());
    return old(
        called(
            () -> sdk.deleteItem(
                request -> request.tableName(delete.table().id()).key(sdk(delete.key().attributes()))
                    .conditionExpression(condition).expressionAttributeNames(names.names())
                    .expressionAttributeValues(values(names)).returnValues(ReturnValue.ALL_OLD)))
            .attributes());
  }

  @Override
  public Optional<Item> getItem(Read read) {
    Expressions names = new Expressions();
    String projection = names.projection(read.projection());
    var response = called(
        () -> sdk.getItem(
            request -> request.tableName(read.table().id()).key(sdk(read.key().attributes()))
                .projectionExpression(projection).expressionAttributeNames(names.names())
                .consistentRead(read.consistent())));
    return response.hasItem() ? Optional.of(item(response.item())) : Optional.empty();
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> start) {
    Expressions names = new Expressions();
    String key = names.keyCondition(table, query);
    String filter = names.filter(query.filter());
    String projection = names.projection(query.projection());
    var response = called(
        () -> sdk.query(
            request -> request.tableName(table.id()).indexName(query.index().orElse(null)).keyConditionExpression(key)
                .filterExpression(filter).projectionExpression(projection).scanIndexForward(!query.descending())
                .limit(limit(query.limit())).consistentRead(query.consistent())
                .exclusiveStartKey(start.map(SdkStore::sdk).orElse(null)).expressionAttributeNames(names.names())
                .expressionAttributeValues(values(names))));
    return page(response.items(), response.lastEvaluatedKey());
  }

  private static @Nullable Integer limit(java.util.OptionalInt limit) {
    return limit.isPresent() ? limit.getAsInt() : null;
  }

  private static Page page(List<Map<String, AttributeValue>> items, Map<String, AttributeValue> last) {
    return new Page(items.stream().map(SdkStore::item).toList(), old(last));
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> start) {
    Expressions names = new Expressions();
    String filter = names.filter(scan.filter());
    String projection = names.projection(scan.projection());
    var response = called(
        () -> sdk.scan(
            request -> request.tableName(table.id()).indexName(scan.index().orElse(null)).filterExpression(filter)
                .projectionExpression(projection).limit(limit(scan.limit())).consistentRead(scan.consistent())
                .exclusiveStartKey(start.map(SdkStore::sdk).orElse(null)).expressionAttributeNames(names.names())
                .expressionAttributeValues(values(names))));
    return page(response.items(), response.lastEvaluatedKey());
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    List<Item> items = new ArrayList<>();
    Map<String, List<Read>> tables = new LinkedHashMap<>();
    reads.forEach(read -> tables.computeIfAbsent(read.table().id(), _ -> new ArrayList<>()).add(read));
    Map<String, KeysAndAttributes> asked = new LinkedHashMap<>();
    tables.forEach((name, all) -> asked.put(name, keys(all)));
    while (!asked.isEmpty()) {
      var response = called(() -> sdk.batchGetItem(request -> request.requestItems(asked)));
      response.responses().values().forEach(rows -> rows.forEach(row -> items.add(item(row))));
      asked.clear();
      asked.putAll(response.unprocessedKeys());
    }
    return items;
  }

  private static KeysAndAttributes keys(List<Read> reads) {
    Expressions names = new Expressions();
    String projection = names.projection(reads.getFirst().projection());
    return KeysAndAttributes.builder().keys(reads.stream().map(read -> sdk(read.key().attributes())).toList())
        .projectionExpression(projection).expressionAttributeNames(names.names())
        .consistentRead(reads.getFirst().consistent()).build();
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    Map<String, List<WriteRequest>> tables = new LinkedHashMap<>();
    for (Write write : writes) {
      tables.computeIfAbsent(write.table().id(), _ -> new ArrayList<>()).add(switch (write) {
        case Write.Put put -> WriteRequest.builder().putRequest(each -> each.item(sdk(put.item()))).build();
        case Write.Delete delete ->
            WriteRequest.builder().deleteRequest(each -> each.key(sdk(delete.key().attributes()))).build();
        case Write.UpdateItem _, Write.Check _ -> throw new ValidationException("no batch has it");
      });
    }
    var response = called(() -> sdk.batchWriteItem(request -> request.requestItems(tables)));
    if (response.hasUnprocessedItems() && !response.unprocessedItems().isEmpty()) {
      throw new IllegalStateException("not written: " + response.unprocessedItems());
    }
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    List<TransactGetItem> parts = reads.stream().map(SdkStore::part).toList();
    return called(() -> sdk.transactGetItems(request -> request.transactItems(parts))).responses().stream()
        .map(each -> each.hasItem() ? Optional.of(item(each.item())) : Optional.<Item>empty()).toList();
  }

  private static TransactGetItem part(Read read) {
    Expressions names = new Expressions();
    String projection = names.projection(read.projection());
    return TransactGetItem.builder()
        .get(
            get -> get.tableName(read.table().id()).key(sdk(read.key().attributes())).projectionExpression(projection)
                .expressionAttributeNames(names.names()))
        .build();
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    List<TransactWriteItem> parts = writes.stream().map(SdkStore::part).toList();
    called(() -> sdk.transactWriteItems(request -> request.transactItems(parts)));
  }

  private static TransactWriteItem part(Write write) {
    Expressions names = new Expressions();
    TransactWriteItem.Builder part = TransactWriteItem.builder();
    String table = write.table().id();
    return switch (write) {
      case Write.Put put -> {
        String condition = names.condition(put.condition());
        yield part.put(
            each -> each.tableName(table).item(sdk(put.item())).conditionExpression(condition)
                .expressionAttributeNames(names.names()).expressionAttributeValues(values(names)))
            .build();
      }
      case Write.Delete delete -> {
        String condition = names.condition(delete.condition());
        yield part.delete(
            each -> each.tableName(table).key(sdk(delete.key().attributes())).conditionExpression(condition)
                .expressionAttributeNames(names.names()).expressionAttributeValues(values(names)))
            .build();
      }
      case Write.Check check -> {
        String condition = names.condition(check.condition());
        yield part.conditionCheck(
            each -> each.tableName(table).key(sdk(check.key().attributes())).conditionExpression(condition)
                .expressionAttributeNames(names.names()).expressionAttributeValues(values(names)))
            .build();
      }
      case Write.UpdateItem update -> {
        String updates = names.update(update.updates());
        String condition = names.condition(update.condition());
        yield part.update(
            each -> each.tableName(table).key(sdk(update.key().attributes())).updateExpression(updates)
                .conditionExpression(condition).expressionAttributeNames(names.names())
                .expressionAttributeValues(values(names)))
            .build();
      }
    };
  }

  private static <T> T called(Supplier<T> call) {
    try {
      return call.get();
    } catch (DynamoDbException e) {
      throw refused(e);
    }
  }

  private static ServiceException refused(DynamoDbException e) {
    String message = e.awsErrorDetails().errorMessage();
    return switch (e) {
      case software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException canceled ->
          new TransactionCanceledException(
              canceled.cancellationReasons().stream()
                  .map(each -> new Reason(each.code(), each.message() == null ? "" : each.message())).toList());
      case software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException _ ->
          new ConditionalCheckFailedException(message);
      default ->
          new ValidationException(e.awsErrorDetails().errorCode().equals("ValidationException") ? message : "" + e);
    };
  }

  private static @Nullable Map<String, AttributeValue> values(Expressions expressions) {
    return expressions.values() == null ? null : sdk(expressions.values());
  }

  private static Map<String, AttributeValue> sdk(Item item) {
    return sdk(item.attributes());
  }

  private static Map<String, AttributeValue> sdk(Map<String, dev.pinion.AttributeValue> attributes) {
    Map<String, AttributeValue> all = new LinkedHashMap<>();
    attributes.forEach((name, value) -> all.put(name, sdk(value)));
    return all;
  }

  private static AttributeValue sdk(dev.pinion.AttributeValue value) {
    AttributeValue.Builder sdk = AttributeValue.builder();
    return switch (value) {
      case dev.pinion.AttributeValue.S(String text) -> sdk.s(text).build();
      case dev.pinion.AttributeValue.N(BigDecimal number) -> sdk.n(number.toPlainString()).build();
      case dev.pinion.AttributeValue.B(Bytes bytes) -> sdk.b(sdk(bytes)).build();
      case dev.pinion.AttributeValue.Bool(boolean bool) -> sdk.bool(bool).build();
      case dev.pinion.AttributeValue.Null _ -> sdk.nul(true).build();
      case dev.pinion.AttributeValue.L(var values) -> sdk.l(values.stream().map(SdkStore::sdk).toList()).build();
      case dev.pinion.AttributeValue.M(var values) -> sdk.m(sdk(values)).build();
      case dev.pinion.AttributeValue.Ss(var values) -> sdk.ss(values).build();
      case dev.pinion.AttributeValue.Ns(var values) ->
          sdk.ns(values.stream().map(BigDecimal::toPlainString).toList()).build();
      case dev.pinion.AttributeValue.Bs(var values) -> sdk.bs(values.stream().map(SdkStore::sdk).toList()).build();
    };
  }

  private static SdkBytes sdk(Bytes bytes) {
    return SdkBytes.fromByteArray(bytes.toArray());
  }

  private static Item item(Map<String, AttributeValue> attributes) {
    Map<String, dev.pinion.AttributeValue> all = new LinkedHashMap<>();
    attributes.forEach((name, value) -> all.put(name, value(value)));
    return Item.of(all);
  }

  private static dev.pinion.AttributeValue value(AttributeValue sdk) {
    return switch (sdk.type()) {
      case S -> new dev.pinion.AttributeValue.S(sdk.s());
      case N -> new dev.pinion.AttributeValue.N(new BigDecimal(sdk.n()));
      case B -> new dev.pinion.AttributeValue.B(bytes(sdk.b()));
      case BOOL -> new dev.pinion.AttributeValue.Bool(sdk.bool());
      case NUL -> new dev.pinion.AttributeValue.Null();
      case L -> new dev.pinion.AttributeValue.L(sdk.l().stream().map(SdkStore::value).toList());
      case M -> new dev.pinion.AttributeValue.M(new LinkedHashMap<>(item(sdk.m()).attributes()));
      case SS -> new dev.pinion.AttributeValue.Ss(set(sdk.ss()));
      case NS -> new dev.pinion.AttributeValue.Ns(set(sdk.ns().stream().map(BigDecimal::new).toList()));
      case BS -> new dev.pinion.AttributeValue.Bs(set(sdk.bs().stream().map(SdkStore::bytes).toList()));
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException(sdk.toString());
    };
  }

  private static Bytes bytes(SdkBytes sdk) {
    return Bytes.of(sdk.asByteArray());
  }

  private static <T> SequencedSet<T> set(List<T> elements) {
    return new LinkedHashSet<>(elements);
  }
}
