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
import java.util.Map;
import java.util.Optional;
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
  private Optional<Table> notes = Optional.empty();
  private Optional<Simulator> running = Optional.empty();

  @BeforeEach
  void start(@TempDir Path data) {
    running = Optional.of(Simulator.of(cloud -> {
      notes = Optional.of(cloud.table("notes").hashKey("id", STRING).create());
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
