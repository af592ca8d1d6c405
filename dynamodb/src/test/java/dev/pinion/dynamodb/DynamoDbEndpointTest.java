package dev.pinion.dynamodb;

import dev.pinion.Item;
import dev.pinion.dynamodb.RawClient.Answer;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.STRING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What DynamoDB Local cannot be compared in: the protocol itself, limits, and what the tables' owner decides. */
final class DynamoDbEndpointTest {
  private static final TableModel ROWS =
      new TableModel(
          "rows", new KeyAttribute("id", STRING), Optional.empty(), List.of(), Optional.of("until"), false, false,
          new SourceLocation("Test.java", 1));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final LocalEndpoint endpoint = LocalEndpoint.start(List.of(ROWS), () -> now);
  private final RawClient client = new RawClient();

  @AfterEach
  void close() {
    endpoint.close();
  }

  private Answer call(String operation, Map<String, ?> body) throws Exception {
    return client.call(endpoint.uri(), operation, body);
  }

  private void put(Item row) {
    endpoint.tables().putItem(new Write.Put(ROWS, row, Optional.empty()));
  }

  private static Map<String, Object> key(String id) {
    return Map.of("id", Map.of("S", id));
  }

  @Test
  void anAnswerHasDynamoDbsHeaders() throws Exception {
    Answer answer = call("ListTables", Map.of());
    assertThat(answer.body()).isEqualTo("{\"TableNames\":[\"rows\"]}");
    CRC32 checksum = new CRC32();
    checksum.update(answer.body().getBytes(UTF_8));
    assertThat(answer.headers().firstValue("x-amz-crc32")).contains(Long.toString(checksum.getValue()));
    assertThat(answer.headers().firstValue("x-amzn-requestid").orElse("")).matches("[A-Z0-9]{52}");
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-amz-json-1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{} x", "{\"a\":}"})
  void aBodyThatIsNoObjectIsRefused(String body) throws Exception {
    Answer answer = client.send(endpoint.uri(), "DynamoDB_20120810.ListTables", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("SerializationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DynamoDB_20120810.Nothing", "DynamoDBStreams_20120810.ListStreams", "ListTables", "a.b.c"})
  void anUnknownOperationIsRefused(String target) throws Exception {
    Answer answer = client.send(endpoint.uri(), target, "{}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("UnknownOperationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateTable", "DeleteTable", "UpdateTable", "UpdateTimeToLive"})
  void theProgramDeclaresTheTables(String operation) throws Exception {
    Answer answer = call(operation, Map.of("TableName", "rows"));
    assertThat(answer.error()).isEqualTo("ValidationException");
    assertThat(answer.message()).isEqualTo(
        operation + " is not supported: these tables are a Pinion program's, which declares them; change the program");
  }

  @ParameterizedTest
  @CsvSource({
    "GetItem, AttributesToGet, ProjectionExpression",
    "Query, KeyConditions, KeyConditionExpression",
    "Query, QueryFilter, FilterExpression",
    "Scan, ScanFilter, FilterExpression",
    "PutItem, Expected, ConditionExpression",
    "UpdateItem, AttributeUpdates, UpdateExpression"
  })
  void aLegacyParameterIsRefusedWithWhatReplacesIt(String operation, String parameter, String instead)
      throws Exception {
    Answer answer = call(operation, Map.of("TableName", "rows", parameter, Map.of()));
    assertThat(answer.error()).isEqualTo("ValidationException");
    assertThat(answer.message()).isEqualTo(
        "Pinion's local tables do not take the legacy parameter " + parameter + ": use " + instead + " instead");
  }

  @Test
  void aTableIsAlsoNamedByItsArn() throws Exception {
    String arn = String.valueOf(call("DescribeTable", Map.of("TableName", "rows")).at("Table", "TableArn"));
    assertThat(call("Scan", Map.of("TableName", arn)).status()).isEqualTo(200);
    assertThat(call("Scan", Map.of("TableName", arn + "s")).error()).isEqualTo("ResourceNotFoundException");
    assertThat(call("DescribeTimeToLive", Map.of("TableName", arn)).body())
        .contains("\"TimeToLiveStatus\":\"ENABLED\"", "\"AttributeName\":\"until\"");
  }

  @Test
  void anExpressionOfAnyDepthIsAnsweredAndOverflowsNothing() throws Exception {
    for (String text : List.of(
        "NOT ".repeat(1000) + "attribute_exists(a)",
        "size(".repeat(800) + "a" + ")".repeat(800) + " = b",
        "a = b" + " AND a = b".repeat(400),
        "NOT (a = b OR ".repeat(250) + "a = b" + ")".repeat(250),
        "(".repeat(4000),
        "((((((((a))))))))",
        "a" + ".a".repeat(2000) + " = b",
        "a IN (" + "b, ".repeat(1300) + "b)",
        "x".repeat(5000))) {
      Answer answer = call("Scan", Map.of("TableName", "rows", "FilterExpression", text));
      assertThat(answer.status()).as(text).isEqualTo(400);
      assertThat(answer.error()).as(text).isEqualTo("ValidationException");
    }
    String update = "SET a = " + "list_append(".repeat(300) + "a" + ", b)".repeat(300);
    assertThat(
        call("UpdateItem", Map.of("TableName", "rows", "Key", key("a"), "UpdateExpression", update)).error())
        .isEqualTo("ValidationException");
  }

  /** Written with all its digits, each of these numbers would need gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"1E-500000000", "1E+500000000", "-1E-2147483647", "1E2147483647", "100E2147483647"})
  void aNumberOfAnyExponentIsRefused(String number) throws Exception {
    Map<String, Object> n = Map.of("N", number);
    Map<String, Object> values = Map.of(":n", n, ":m", Map.of("N", "2E+500000000"));
    for (String filter : List.of("a = :n", "a BETWEEN :n AND :m", "a IN (:m, :n)", "size(a) < :n", "contains(a, :n)")) {
      refused("Scan", Map.of("TableName", "rows", "FilterExpression", filter, "ExpressionAttributeValues", values));
    }
    refused("PutItem", Map.of("TableName", "rows", "Item", Map.of("id", Map.of("S", "a"), "n", n)));
    refused("PutItem", Map.of("TableName", "rows", "Item",
        Map.of("id", Map.of("S", "a"), "n", Map.of("NS", List.of("1", number)))));
    for (String update : List.of("SET n = :n + :m", "SET n = n - :n", "ADD n :n", "SET n = if_not_exists(n, :n)")) {
      refused("UpdateItem", Map.of("TableName", "rows", "Key", key("a"), "UpdateExpression", update,
          "ExpressionAttributeValues", values));
    }
    refused("GetItem", Map.of("TableName", "rows", "Key", Map.of("id", n)));
    refused("Scan", Map.of("TableName", "rows", "ExclusiveStartKey", Map.of("id", n)));
    refused("Query", Map.of("TableName", "rows", "KeyConditionExpression", "id = :n",
        "ExpressionAttributeValues", Map.of(":n", n)));
    refused("Scan", Map.of("TableName", "rows", "Limit", new BigDecimal(number)));
  }

  private void refused(String operation, Map<String, ?> body) throws Exception {
    Answer answer = call(operation, body);
    assertThat(answer.error()).as(operation + " " + body).isIn("ValidationException", "SerializationException");
  }

  @Test
  void anUpdatesReturnValuesAreThePlacesThatItNames() throws Exception {
    put(Item.of("id", "a", "m", Map.of("x", 1, "y", 2), "l", List.of("p", "q", "r")).with("n", 1));
    Map<String, Object> update =
        Map.of(
            "TableName", "rows", "Key", key("a"), "UpdateExpression", "SET m.x = :v, l[2] = :v REMOVE n",
            "ExpressionAttributeValues", Map.of(":v", Map.of("N", "9")), "ReturnValues", "UPDATED_NEW");
    assertThat(call("UpdateItem", update).members().get("Attributes"))
        .isEqualTo(
            Map.of("m", Map.of("M", Map.of("x", Map.of("N", "9"))), "l", Map.of("L", List.of(Map.of("N", "9")))));
  }

  @Test
  void eachRowIsInOneSegment() throws Exception {
    Set<String> all = new HashSet<>();
    IntStream.range(0, 200).forEach(i -> put(Item.of("id", "row" + i)));
    List<Integer> counts = new ArrayList<>();
    for (int segment = 0; segment < 4; segment++) {
      Object start = null;
      int before = all.size();
      do {
        Map<String, Object> scan = new java.util.HashMap<>(
            Map.of("TableName", "rows", "Segment", segment, "TotalSegments", 4, "Limit", 7));
        if (start != null) scan.put("ExclusiveStartKey", start);
        Answer page = call("Scan", scan);
        assertThat(page.status()).isEqualTo(200);
        for (Object item : page.list("Items")) {
          assertThat(all.add(String.valueOf(item))).as("twice: " + item).isTrue();
        }
        start = page.members().get("LastEvaluatedKey");
      } while (start != null);
      counts.add(all.size() - before);
    }
    assertThat(all).hasSize(200);
    assertThat(counts).allMatch(count -> count > 20);
  }

  @Test
  void aBatchOfMoreThan16MegabytesIsAnsweredInParts() throws Exception {
    List<Map<String, Object>> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      put(Item.of("id", "row" + i, "text", "x".repeat(390_000)));
      keys.add(key("row" + i));
    }
    Object asked = Map.of("rows", Map.of("Keys", keys, "ProjectionExpression", "id"));
    Set<String> found = new HashSet<>();
    List<Integer> parts = new ArrayList<>();
    while (asked instanceof Map<?, ?> more && !more.isEmpty()) {
      Answer answer = call("BatchGetItem", Map.of("RequestItems", asked));
      List<?> rows = answer.list("Responses", "rows");
      rows.forEach(row -> found.add(String.valueOf(row)));
      parts.add(rows.size());
      asked = answer.members().get("UnprocessedKeys");
    }
    assertThat(parts).containsExactly(43, 7);
    assertThat(found).hasSize(50);
  }

  @Test
  void aTransactionWithATokenIsDoneOnceForTenMinutes() throws Exception {
    assertThat(add("token", 1).status()).isEqualTo(200);
    assertThat(add("token", 1).status()).isEqualTo(200);
    assertThat(count()).isEqualTo(1);
    assertThat(add("token", 2).error()).isEqualTo("IdempotentParameterMismatchException");
    now = now.plus(Duration.ofMinutes(11));
    assertThat(add("token", 1).status()).isEqualTo(200);
    assertThat(count()).isEqualTo(2);
  }

  private Answer add(String token, int number) throws Exception {
    Map<String, Object> update =
        Map.of(
            "TableName", "rows", "Key", key("a"), "UpdateExpression", "ADD n :n", "ExpressionAttributeValues",
            Map.of(":n", Map.of("N", Integer.toString(number))));
    return call(
        "TransactWriteItems",
        Map.of("ClientRequestToken", token, "TransactItems", List.of(Map.of("Update", update))));
  }

  private long count() throws Exception {
    Answer row = call("GetItem", Map.of("TableName", "rows", "Key", key("a")));
    return Long.parseLong(String.valueOf(row.at("Item", "n", "N")));
  }
}
