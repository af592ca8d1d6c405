package dev.pinion.dynamodb;

import dev.pinion.Attribute;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.spi.Read;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.Found;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that read rows by their keys. Any thread. */
record Reads(LocalTables tables) {
  private static final long BATCH_BYTES = 16L * 1024 * 1024;

  Map<String, Object> getItem(Parameters request) {
    Capacity capacity = Capacity.of(request);
    TableModel table = tables.table(request);
    boolean consistent = request.bool("ConsistentRead", false);
    Found found = tables.requests().get(read(table, request, key(request), consistent));
    capacity.read(table, Optional.empty(), found.bytes(), consistent);
    Map<String, Object> answer = new LinkedHashMap<>();
    found.item().ifPresent(item -> answer.put("Item", AttributeJson.of(item)));
    capacity.answerOne(answer);
    return answer;
  }

  private static Key key(Parameters request) {
    return new Key(request.item("Key").orElseThrow(() -> Parameters.missing("Key")));
  }

  private static Read read(TableModel table, Parameters request, Key key, boolean consistent) {
    return new Read(table, key, projection(request), consistent);
  }

  private static List<Attribute> projection(Parameters request) {
    RequestExpressions expressions = new RequestExpressions(request, ExpressionParameter.PROJECTION);
    List<Attribute> projection = expressions.projection();
    expressions.end();
    return projection;
  }

  /** A row to be read in a batch: the part of the request that names it, and its key as the request has it. */
  private record BatchRead(String name, Parameters part, Object key, Read read) {}

  Map<String, Object> batchGetItem(Parameters request) {
    Capacity capacity = Capacity.of(request);
    List<BatchRead> reads = batch(request);
    List<Found> found = tables.requests().batchGet(reads.stream().map(BatchRead::read).toList());
    Map<String, List<Object>> responses = new LinkedHashMap<>();
    Map<String, Object> unprocessed = new LinkedHashMap<>();
    long bytes = 0;
    for (int i = 0; i < reads.size(); i++) {
      BatchRead read = reads.get(i);
      List<Object> items = responses.computeIfAbsent(read.name(), _ -> new ArrayList<>());
      bytes += found.get(i).bytes();
      if (bytes > BATCH_BYTES) {
        unprocessed(read, unprocessed);
        continue;
      }
      found.get(i).item().ifPresent(item -> items.add(AttributeJson.of(item)));
      capacity.read(read.read().table(), Optional.empty(), found.get(i).bytes(), read.read().consistent());
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Responses", responses);
    answer.put("UnprocessedKeys", unprocessed);
    capacity.answerAll(answer);
    return answer;
  }

  private List<BatchRead> batch(Parameters request) {
    Parameters items = request.filled("RequestItems");
    List<BatchRead> reads = new ArrayList<>();
    for (String name : items.members().keySet()) {
      Parameters part = items.object(name).orElseThrow(() -> Parameters.missing("RequestItems"));
      LegacyParameters.refuse(part);
      TableModel table = tables.table(name);
      List<Attribute> projection = projection(part);
      boolean consistent = part.bool("ConsistentRead", false);
      List<Parameters> keys = part.objects("Keys");
      if (keys.isEmpty()) {
        throw DynamoDbError.validation(
            "The list of keys in RequestItems for BatchGetItem is required: " + name + " has empty list");
      }
      for (Parameters key : keys) {
        Item values = AttributeJson.item(key);
        reads.add(new BatchRead(name, part, key.members(), new Read(table, new Key(values), projection, consistent)));
      }
    }
    return reads;
  }

  /** Hands back a key that is to be asked for again, with what the request says of it. */
  private static void unprocessed(BatchRead read, Map<String, Object> unprocessed) {
    Map<String, Object> again = new LinkedHashMap<>();
    read.part().members().forEach((name, value) -> {
      if (value != null) again.put(name, value);
    });
    List<Object> keys = new ArrayList<>();
    if (unprocessed.get(read.name()) instanceof Map<?, ?> before && before.get("Keys") instanceof List<?> others) {
      keys.addAll(others);
    }
    keys.add(read.key());
    again.put("Keys", keys);
    unprocessed.put(read.name(), again);
  }

  Map<String, Object> transactGetItems(Parameters request) {
    Capacity capacity = Capacity.ofTransaction(request, false);
    List<Read> reads = new ArrayList<>();
    for (Parameters item : request.objects("TransactItems")) {
      Parameters get = item.object("Get").orElseThrow(() -> Parameters.missing("Get"));
      reads.add(read(tables.table(get), get, key(get), true));
    }
    List<Object> responses = new ArrayList<>();
    List<Found> found = tables.requests().transactGet(reads);
    for (int i = 0; i < found.size(); i++) {
      Optional<Item> item = found.get(i).item();
      responses.add(item.map(each -> Map.<String, Object>of("Item", AttributeJson.of(each))).orElse(Map.of()));
      capacity.transactRead(reads.get(i).table(), found.get(i).bytes());
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Responses", responses);
    capacity.answerAll(answer);
    return answer;
  }
}
