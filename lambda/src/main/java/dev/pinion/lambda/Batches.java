package dev.pinion.lambda;

import dev.pinion.Attribute;
import dev.pinion.Item;
import dev.pinion.LimitExceededException;
import dev.pinion.spi.Expressions;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Batches of reads and of writes, until DynamoDB has done them all: what it left undone is asked for again, at once
 * while each answer has done some of it (a page is full at 16 MB), with backoff while none has.
 */
final class Batches {
  private final Supplier<DynamoDbClient> client;
  private final Function<TableModel, String> tableName;
  private final Retries retries;

  Batches(Supplier<DynamoDbClient> client, Function<TableModel, String> tableName, Retries retries) {
    this.client = client;
    this.tableName = tableName;
    this.retries = retries;
  }

  /** What DynamoDB wants to be the same for all reads of one table in a request. */
  private record Kind(List<Attribute> projection, boolean consistent) {}

  List<Item> get(List<Read> reads) {
    Map<Kind, List<Read>> kinds = new LinkedHashMap<>();
    for (Read read : reads) {
      kinds.computeIfAbsent(new Kind(read.projection(), read.consistent()), _ -> new ArrayList<>()).add(read);
    }
    List<Item> rows = new ArrayList<>();
    kinds.forEach((kind, alike) -> get(request(kind, alike), rows));
    return rows;
  }

  private Map<String, KeysAndAttributes> request(Kind kind, List<Read> reads) {
    Map<String, List<Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue>>> keys =
        new LinkedHashMap<>();
    for (Read read : reads) {
      keys.computeIfAbsent(tableName.apply(read.table()), _ -> new ArrayList<>())
          .add(Items.aws(read.key().values()));
    }
    Map<String, KeysAndAttributes> tables = new LinkedHashMap<>();
    keys.forEach(
        (table, all) -> {
          Expressions expressions = new Expressions();
          tables.put(
              table,
              KeysAndAttributes.builder()
                  .keys(all)
                  .consistentRead(kind.consistent())
                  .projectionExpression(expressions.projection(kind.projection()))
                  .expressionAttributeNames(expressions.names())
                  .build());
        });
    return tables;
  }

  private void get(Map<String, KeysAndAttributes> first, List<Item> rows) {
    Map<String, KeysAndAttributes> open = first;
    int idle = 0;
    while (!open.isEmpty()) {
      Map<String, KeysAndAttributes> asked = open;
      var response = retries.call(() -> client.get().batchGetItem(request -> request.requestItems(asked)));
      response.responses().values().forEach(found -> found.forEach(row -> rows.add(Items.item(row))));
      open = response.unprocessedKeys();
      idle = keys(open) < keys(asked) ? 0 : idle + 1;
      goOn(idle, keys(open), "read");
    }
  }

  private static int keys(Map<String, KeysAndAttributes> tables) {
    return tables.values().stream().mapToInt(each -> each.keys().size()).sum();
  }

  void write(List<Write> writes) {
    Map<String, List<WriteRequest>> open = new LinkedHashMap<>();
    for (Write write : writes) {
      open.computeIfAbsent(tableName.apply(write.table()), _ -> new ArrayList<>()).add(request(write));
    }
    int idle = 0;
    while (!open.isEmpty()) {
      Map<String, List<WriteRequest>> asked = open;
      open = retries.call(() -> client.get().batchWriteItem(request -> request.requestItems(asked))).unprocessedItems();
      idle = rows(open) < rows(asked) ? 0 : idle + 1;
      goOn(idle, rows(open), "written");
    }
  }

  private static int rows(Map<String, List<WriteRequest>> tables) {
    return tables.values().stream().mapToInt(List::size).sum();
  }

  private static WriteRequest request(Write write) {
    return switch (write) {
      case Write.Put(_, Item item, _) ->
          WriteRequest.builder().putRequest(put -> put.item(Items.aws(item.attributes()))).build();
      case Write.Delete(_, var key, _) ->
          WriteRequest.builder().deleteRequest(delete -> delete.key(Items.aws(key.values()))).build();
      case Write.UpdateItem _, Write.Check _ ->
          throw new IllegalArgumentException("a batch puts and deletes, and nothing else: " + write);
    };
  }

  private void goOn(int idle, int left, String what) {
    if (idle > 0 && left > 0 && (idle >= Retries.THROTTLED || !retries.pause(idle))) {
      throw new LimitExceededException(
          "DynamoDB is over its throughput: " + left + " rows of the batch have not been " + what);
    }
  }
}
