package app;

import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.sim.Simulator;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** A running app's tables by DynamoDB's own protocol, on the port of its first WebSocket. */
final class DynamoDbProtocolTest {
  private static final String CREDENTIALS =
      "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any";

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private Optional<Table> notes = Optional.empty();
  private Optional<Simulator> running = Optional.empty();

  @BeforeEach
  void start(@TempDir Path data) {
    running = Optional.of(Simulator.of(cloud -> {
      notes = Optional.of(cloud.table("notes").hashKey("id", STRING).create());
      notes.orElseThrow().onChange(
          change -> changes.add(change.type() + " " + change.key().attributes().string("id")));
      cloud.webSocket("first").create().onMessage((c, body) -> {});
      cloud.webSocket("second").create().onMessage((c, body) -> {});
    }).port(0).data(data).log(new PrintStream(OutputStream.nullOutputStream())).start());
  }

  @AfterEach
  void stop() {
    running.ifPresent(Simulator::close);
  }

  private String page(int webSocket) {
    return running.orElseThrow().endpoints().get(webSocket).page();
  }

  private HttpResponse<String> call(String page, String operation, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(page)).header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header("Content-Type", "application/x-amz-json-1.0").POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsWrittenIsWhatHandlersRead() throws Exception {
    var put = call(
        page(0), "PutItem", "{\"TableName\":\"notes\",\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"7\"}}}",
        Map.of("Authorization", CREDENTIALS));
    assertThat(put.statusCode()).isEqualTo(200);
    Table table = notes.orElseThrow();
    assertThat(table.getItem(Key.of("id", "a"))).contains(Item.of("id", "a", "n", 7));

    table.putItem(Item.of("id", "b"));
    assertThat(call(page(0), "Scan", "{\"TableName\":\"notes\"}", Map.of("Authorization", CREDENTIALS)).body())
        .contains("\"Count\":2", "{\"id\":{\"S\":\"b\"}}");
  }

  private void write(String operation, String body) throws Exception {
    assertThat(call(page(0), operation, body, Map.of("Authorization", CREDENTIALS)).statusCode()).isEqualTo(200);
  }

  private List<String> changes(int count) throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) all.add(String.valueOf(changes.poll(20, TimeUnit.SECONDS)));
    return all;
  }

  /** The console writes rows by this protocol too. */
  @Test
  void handlersOfChangesSeeWhatOtherProgramsWrite() throws Exception {
    String a = "{\"id\":{\"S\":\"a\"}}";
    write("PutItem", "{\"TableName\":\"notes\",\"Item\":" + a + "}");
    write("PutItem", "{\"TableName\":\"notes\",\"Item\":" + a + "}");
    write(
        "UpdateItem", "{\"TableName\":\"notes\",\"Key\":" + a
            + ",\"UpdateExpression\":\"SET n = :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"1\"}}}");
    assertThat(changes(2)).containsExactly("INSERT a", "MODIFY a");
    write(
        "BatchWriteItem", "{\"RequestItems\":{\"notes\":[{\"PutRequest\":{\"Item\":" + a.replace("\"a\"", "\"b\"")
            + "}},{\"DeleteRequest\":{\"Key\":" + a + "}}]}}");
    assertThat(changes(2)).containsExactlyInAnyOrder("INSERT b", "REMOVE a");
    write(
        "TransactWriteItems", "{\"TransactItems\":[{\"Put\":{\"TableName\":\"notes\",\"Item\":" + a
            + "}},{\"Delete\":{\"TableName\":\"notes\",\"Key\":" + a.replace("\"a\"", "\"b\"") + "}}]}");
    assertThat(changes(2)).containsExactlyInAnyOrder("INSERT a", "REMOVE b");
    write("DeleteItem", "{\"TableName\":\"notes\",\"Key\":" + a.replace("\"a\"", "\"gone\"") + "}");
    write("DeleteItem", "{\"TableName\":\"notes\",\"Key\":" + a + "}");
    assertThat(changes(1)).containsExactly("REMOVE a");
  }

  @Test
  void withoutCredentialsOnlyPagesOfThisServerMayAsk() throws Exception {
    var nobody = call(page(0), "ListTables", "{}", Map.of());
    assertThat(nobody.statusCode()).isEqualTo(400);
    assertThat(nobody.body()).contains("#MissingAuthenticationTokenException");

    String origin = page(0).replaceFirst("/$", "");
    assertThat(call(page(0), "ListTables", "{}", Map.of("Origin", origin)).body())
        .isEqualTo("{\"TableNames\":[\"notes\"]}");
  }

  @Test
  void pagesOfOtherOriginsMayNotAskEvenWithCredentials() throws Exception {
    for (String origin : new String[] {"http://localhost:5173", "https://example.com", "null"}) {
      var answer =
          call(page(0), "ListTables", "{}", Map.of("Origin", origin, "Authorization", CREDENTIALS));
      assertThat(answer.statusCode()).as(origin).isEqualTo(403);
      assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
  }

  @Test
  void aBodyMayHaveMoreThanOtherPostsMay() throws Exception {
    String row = "{\"TableName\":\"notes\",\"Item\":{\"id\":{\"S\":\"long\"},\"text\":{\"S\":\"" + "x".repeat(300_000)
        + "\"}}}";
    assertThat(call(page(0), "PutItem", row, Map.of("Authorization", CREDENTIALS)).statusCode()).isEqualTo(200);
    assertThat(
        call(page(0), "PutItem", " ".repeat(17 << 20), Map.of("Authorization", CREDENTIALS)).statusCode())
        .isEqualTo(413);
    assertThat(
        call(page(0), "PutItem", row, Map.of("Authorization", CREDENTIALS, "Origin", "http://other.example"))
            .statusCode())
        .isEqualTo(403);
  }

  @Test
  void thePortOfEachWebSocketAnswers() throws Exception {
    assertThat(call(page(1), "ListTables", "{}", Map.of("Authorization", CREDENTIALS)).statusCode()).isEqualTo(200);
  }
}
