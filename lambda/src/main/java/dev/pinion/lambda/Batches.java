package dev.pinion.lambda;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pinion.Attribute;
import dev.pinion.Item;
import dev.pinion.LimitExceededException;
import dev.pinion.spi.Expressions;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends batches of reads and writes until DynamoDB has processed all parts. It repeats unprocessed parts: at once after
 * an answer that has processed some (an answer is full at 16 MB), with backoff after one that has processed none.
 */
final class Batches {
  private static final int MOST_IDLE = 10;

  private final DynamoDb dynamoDb;
  private final Function<TableModel, String> tableName;
  private final Pause pause;

  Batches(DynamoDb dynamoDb, Function<TableModel, String> tableName, Pause pause) {
    this.dynamoDb = dynamoDb;
    this.tableName = tableName;
    this.pause = pause;
  }

  /** Gson's own class, which takes a fifth of a function's start, and which only a repeated batch needs. */
  private static final class Writer {
    static final Gson GSON = new Gson();
  }

  /** The settings that DynamoDB requires to be the same for all reads of one table in a request. */
  private record Kind(List<Attribute> projection, boolean consistent) {}

  List<Item> get(List<Read> reads) {
    Map<Kind, List<Read>> kinds = new LinkedHashMap<>();
    for (Read read : reads) {
      kinds.computeIfAbsent(new Kind(read.projection(), read.consistent()), _ -> new ArrayList<>()).add(read);
    }
    List<Item> rows = new ArrayList<>();
    kinds.forEach(
        (kind, alike) -> rows.addAll(
            all("BatchGetItem", alike.size(), "read", request -> keys(request, kind, byTable(alike, Read::table)))));
    return rows;
  }

  private static void keys(RequestWriter request, Kind kind, Map<String, List<Read>> tables) throws IOException {
    for (Map.Entry<String, List<Read>> table : tables.entrySet()) {
      Expressions expressions = new Expressions();
      request.object(
          table.getKey(),
          part -> part.array("Keys", table.getValue(), (out, read) -> ItemJson.write(out.json(), read.key().values()))
              .bool("ConsistentRead", kind.consistent())
              .text("ProjectionExpression", expressions.projection(kind.projection()))
              .placeholders(expressions));
    }
  }

  void write(List<Write> writes) {
    Map<String, List<Write>> tables = byTable(writes, Write::table);
    var _ = all("BatchWriteItem", writes.size(), "written", request -> {
      for (Map.Entry<String, List<Write>> table : tables.entrySet()) {
        request.array(table.getKey(), table.getValue(), (out, write) -> out.object(part -> part(part, write)));
      }
    });
  }

  private static void part(RequestWriter part, Write write) throws IOException {
    var _ = switch (write) {
      case Write.Put(_, Item item, _) ->
          part.object("PutRequest", request -> request.item("Item", item.attributes()));
      case Write.Delete(_, var key, _) ->
          part.object("DeleteRequest", request -> request.item("Key", key.values()));
      case Write.UpdateItem _, Write.Check _ ->
          throw new IllegalArgumentException("a batch can only put and delete: " + write);
    };
  }

  private <T> Map<String, List<T>> byTable(List<T> parts, Function<T, TableModel> table) {
    Map<String, List<T>> tables = new LinkedHashMap<>();
    for (T part : parts) {
      tables.computeIfAbsent(tableName.apply(table.apply(part)), _ -> new ArrayList<>()).add(part);
    }
    return tables;
  }

  /** Repeats the request until all parts are processed, and returns the rows that were read. */
  private List<Item> all(String operation, int parts, String what, RequestWriter.Content first) {
    List<Item> rows = new ArrayList<>();
    RequestWriter.Content asked = first;
    int left = parts;
    for (int idle = 0; left > 0;) {
      RequestWriter.Content content = asked;
      DynamoDbReply reply = dynamoDb.call(operation, request -> request.object("RequestItems", content));
      rows.addAll(reply.rows());
      int now = count(reply.unprocessed());
      idle = now < left ? 0 : idle + 1;
      left = now;
      if (idle > 0 && left > 0 && (idle >= MOST_IDLE || !pause.after(idle))) {
        throw new LimitExceededException(
            "DynamoDB is over its throughput: " + left + " rows of the batch have not been " + what);
      }
      asked = request -> copy(request, reply.unprocessed());
    }
    return rows;
  }

  private static void copy(RequestWriter request, JsonObject tables) throws IOException {
    for (Map.Entry<String, JsonElement> table : tables.entrySet()) {
      request.json().name(table.getKey());
      Writer.GSON.toJson(table.getValue(), request.json());
    }
  }

  /** The unprocessed parts: for each table, an array of writes or an object with an array of keys. */
  private static int count(JsonObject tables) {
    int count = 0;
    for (JsonElement table : tables.asMap().values()) {
      count += (table.isJsonArray() ? table : table.getAsJsonObject().get("Keys")).getAsJsonArray().size();
    }
    return count;
  }
}
