package dev.pinion.dynamodb;

import dev.pinion.AttributeType;
import dev.pinion.TransactionCanceledException;
import dev.pinion.ValidationException;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.tables.EmbeddedTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The target of {@code .ci/fuzz} for DynamoDB's requests, and the inputs that it has found. The first line of an input
 * is an operation, the rest its body, or an expression for it. Nothing but DynamoDB's errors is thrown, each answer can
 * be written as JSON, and what a read finds does not depend on the blanks in its expression.
 */
public final class RequestFuzzTest {
  private static final int INPUTS_OF_ONE_STORE = 5000;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern PLACEHOLDER = Pattern.compile("[:#][a-zA-Z0-9_]+");
  private static final RecordCodec JSON = new RecordCodec();
  private static final Map<String, Object> KEY = Map.of("id", Map.of("S", "x"), "pos", Map.of("N", "1"));
  private static final Map<String, Object> VALUES = values();
  private static final List<TableModel> TABLES = List.of(
      new TableModel(
          "rows", new KeyAttribute("id", AttributeType.STRING),
          Optional.of(new KeyAttribute("pos", AttributeType.NUMBER)),
          List.of(new IndexModel("by-a", new KeyAttribute("a", AttributeType.NUMBER), Optional.empty())),
          Optional.of("gone"), false, false, new SourceLocation("Test.java", 1)));

  private static @Nullable EmbeddedTables tables;
  private static @Nullable DynamoDbOperations operations;
  private static int inputs;

  static List<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/fuzz/Request"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void holds(Path input) throws IOException {
    fuzzerTestOneInput(Files.readAllBytes(input));
  }

  /** Executes one request. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    if (end < 0) return;
    if (inputs++ % INPUTS_OF_ONE_STORE == 0) newStore();
    String operation = text.substring(0, end);
    String rest = text.substring(end + 1);
    if (rest.startsWith("{")) {
      body(operation, rest);
    } else {
      expression(operation, rest);
    }
  }

  private static void body(String operation, String body) {
    try {
      execute(operation, JSON.read(body, Object.class));
    } catch (JsonCodec.MismatchException _) {
      // Not JSON.
    }
  }

  private static void expression(String operation, String expression) {
    Optional<Map<String, Object>> answer = execute(operation, request(operation, expression));
    if (List.of("GetItem", "Query", "Scan").contains(operation)) {
      String spread = expression.replaceAll("(?<=[(),=<>+\\- ])", " ");
      Optional<Map<String, Object>> again = execute(operation, request(operation, spread.replace("< >", "<>")
          .replace("< =", "<=").replace("> =", ">=")));
      if (!again.equals(answer)) throw new AssertionError(answer + " became " + again + " with blanks: " + spread);
    }
  }

  private static Map<String, Object> request(String operation, String expression) {
    Map<String, Object> body = new TreeMap<>(Map.of("TableName", "rows"));
    switch (operation) {
      case "PutItem" -> body.putAll(Map.of("Item", KEY, "ConditionExpression", expression));
      case "DeleteItem" -> body.putAll(Map.of("Key", KEY, "ConditionExpression", expression));
      case "UpdateItem" -> body.putAll(Map.of("Key", KEY, "UpdateExpression", expression, "ReturnValues", "ALL_NEW"));
      case "GetItem" -> body.putAll(Map.of("Key", KEY, "ProjectionExpression", expression));
      case "Query" -> body.put("KeyConditionExpression", expression);
      default -> body.put("FilterExpression", expression);
    }
    Map<String, Object> names = new TreeMap<>();
    Map<String, Object> values = new TreeMap<>();
    Matcher placeholder = PLACEHOLDER.matcher(expression);
    while (placeholder.find()) {
      String each = placeholder.group();
      if (RandomExpressions.NAMES.containsKey(each)) names.put(each, RandomExpressions.NAMES.get(each));
      if (VALUES.containsKey(each)) values.put(each, VALUES.get(each));
    }
    if (!names.isEmpty()) body.put("ExpressionAttributeNames", names);
    if (!values.isEmpty()) body.put("ExpressionAttributeValues", values);
    return body;
  }

  private static Map<String, Object> values() {
    Map<String, Object> values = new TreeMap<>();
    values.put(":id", Map.of("S", "x"));
    values.put(":n", Map.of("N", "1"));
    values.put(":n2", Map.of("N", "2.5"));
    values.put(":s", Map.of("S", "he"));
    values.put(":b", Map.of("B", "AQID"));
    values.put(":t", Map.of("BOOL", true));
    values.put(":z", Map.of("NULL", true));
    values.put(":l", Map.of("L", List.of(Map.of("N", "1"), Map.of("M", Map.of("a", Map.of("S", "he"))))));
    values.put(":m", Map.of("M", Map.of("a", Map.of("N", "1"), "b", Map.of("L", List.of(Map.of("S", "x"))))));
    values.put(":ss", Map.of("SS", List.of("he", "x")));
    values.put(":ns", Map.of("NS", List.of("1", "2.5")));
    values.put(":type", Map.of("S", "S"));
    return values;
  }

  /** Returns the answer; empty if the request is refused. */
  private static Optional<Map<String, Object>> execute(String operation, @Nullable Object body) {
    try {
      Map<String, Object> answer = store().execute(operation, Parameters.of(body), "127.0.0.1:8080");
      JSON.write(answer);
      return Optional.of(answer);
    } catch (DynamoDbError | ValidationException | TransactionCanceledException _) {
      return Optional.empty();
    }
  }

  private static DynamoDbOperations store() {
    return Objects.requireNonNull(operations);
  }

  /** Replaces the store, whose rows have become many, by one with a single row. */
  private static void newStore() {
    if (tables != null) tables.close();
    EmbeddedTables fresh = EmbeddedTables.inMemory(TABLES, () -> NOW);
    DynamoDbOperations current =
        new DynamoDbOperations(new LocalTables(() -> TABLES, fresh.requests()), () -> NOW, NOW);
    Map<String, Object> row = new TreeMap<>();
    VALUES.forEach((name, value) -> row.put(name.substring(1), value));
    row.putAll(KEY);
    row.put("a", Map.of("N", "1"));
    current.execute("PutItem", Parameters.of(Map.of("TableName", "rows", "Item", row)), "");
    tables = fresh;
    operations = current;
  }
}
