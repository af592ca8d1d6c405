package dev.pinion.dynamodb;

import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.tables.TableSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The operations that say what tables there are. Any thread.
 *
 * @param tables the tables
 * @param since when they were created, as far as requests are told
 */
record Descriptions(LocalTables tables, Instant since) {
  private static final int LIST_LIMIT = 100;

  Map<String, Object> tables(Parameters request) {
    OptionalInt limit = request.number("Limit", 1, LIST_LIMIT);
    String start = request.text("ExclusiveStartTableName").orElse("");
    List<String> names = tables.names().stream().filter(name -> name.compareTo(start) > 0).toList();
    List<String> page = names.subList(0, Math.min(names.size(), limit.orElse(LIST_LIMIT)));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("TableNames", page);
    if (page.size() < names.size()) {
      answer.put("LastEvaluatedTableName", page.getLast());
    }
    return answer;
  }

  Map<String, Object> table(Parameters request) {
    TableModel table = described(request);
    TableSize size = tables.requests().size(table, Optional.empty());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("AttributeDefinitions", attributes(table));
    json.put("TableName", table.id());
    json.put("KeySchema", key(table.hashKey(), table.rangeKey()));
    json.put("TableStatus", "ACTIVE");
    json.put("CreationDateTime", new BigDecimal(since.getEpochSecond()));
    json.put("ProvisionedThroughput", throughput());
    json.put("TableSizeBytes", size.bytes());
    json.put("ItemCount", size.rows());
    json.put("TableArn", LocalTables.arn(table));
    json.put("TableId", UUID.nameUUIDFromBytes(table.id().getBytes(UTF_8)).toString());
    json.put("BillingModeSummary", Map.of("BillingMode", "PAY_PER_REQUEST"));
    if (!table.indexes().isEmpty()) {
      json.put("GlobalSecondaryIndexes", table.indexes().stream().map(index -> index(table, index)).toList());
    }
    json.put("DeletionProtectionEnabled", table.deletionProtection());
    return Map.of("Table", json);
  }

  private TableModel described(Parameters request) {
    String name = request.required("TableName");
    try {
      return tables.table(name);
    } catch (DynamoDbError _) {
      throw DynamoDbError.resourceNotFound("Requested resource not found: Table: " + name + " not found");
    }
  }

  private Map<String, Object> index(TableModel table, IndexModel index) {
    TableSize size = tables.requests().size(table, Optional.of(index.name()));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("IndexName", index.name());
    json.put("KeySchema", key(index.hashKey(), index.rangeKey()));
    json.put("Projection", Map.of("ProjectionType", "ALL"));
    json.put("IndexStatus", "ACTIVE");
    json.put("ProvisionedThroughput", throughput());
    json.put("IndexSizeBytes", size.bytes());
    json.put("ItemCount", size.rows());
    json.put("IndexArn", LocalTables.arn(table) + "/index/" + index.name());
    return json;
  }

  private static Map<String, Object> throughput() {
    return Map.of("NumberOfDecreasesToday", 0, "ReadCapacityUnits", 0, "WriteCapacityUnits", 0);
  }

  private static List<Object> attributes(TableModel table) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    add(attributes, table.hashKey(), table.rangeKey());
    table.indexes().forEach(index -> add(attributes, index.hashKey(), index.rangeKey()));
    return new ArrayList<>(attributes.values());
  }

  private static void add(Map<String, Object> attributes, KeyAttribute hash, Optional<KeyAttribute> range) {
    attributes.put(hash.name(), Map.of("AttributeName", hash.name(), "AttributeType", hash.type().code()));
    range.ifPresent(key -> add(attributes, key, Optional.empty()));
  }

  private static List<Object> key(KeyAttribute hash, Optional<KeyAttribute> range) {
    List<Object> key = new ArrayList<>(List.of(Map.of("AttributeName", hash.name(), "KeyType", "HASH")));
    range.ifPresent(each -> key.add(Map.of("AttributeName", each.name(), "KeyType", "RANGE")));
    return key;
  }

  Map<String, Object> timeToLive(Parameters request) {
    Map<String, Object> json = new LinkedHashMap<>();
    Optional<String> attribute = described(request).timeToLive();
    json.put("TimeToLiveStatus", attribute.isPresent() ? "ENABLED" : "DISABLED");
    attribute.ifPresent(name -> json.put("AttributeName", name));
    return Map.of("TimeToLiveDescription", json);
  }

  static Map<String, Object> limits() {
    return Map.of(
        "AccountMaxReadCapacityUnits", 80_000, "AccountMaxWriteCapacityUnits", 80_000,
        "TableMaxReadCapacityUnits", 40_000, "TableMaxWriteCapacityUnits", 40_000);
  }

  static Map<String, Object> endpoints(String host) {
    return Map.of("Endpoints", List.of(Map.of("Address", host, "CachePeriodInMinutes", 1440)));
  }
}
