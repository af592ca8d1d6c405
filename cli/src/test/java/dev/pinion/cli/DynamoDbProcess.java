package dev.pinion.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// DynamoDB Local in a process of its own, from the class path of the module lambda's tests.
final class DynamoDbProcess implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Child child;
  private final String endpoint;

  private DynamoDbProcess(Child child, String endpoint) {
    this.child = child;
    this.endpoint = endpoint;
  }

  static DynamoDbProcess start() throws IOException {
    Path root = SourceLimitsTest.root();
    String classPath = root.resolve("lambda/target/test-classes") + File.pathSeparator
        + root.resolve("lambda/target/classes") + File.pathSeparator
        + FunctionProcess.testClassPath().collect(Collectors.joining(File.pathSeparator));
    Child child = Child.start(
        List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", classPath,
            "dev.pinion.lambda.DynamoDbLocal"),
        root, Map.of());
    return new DynamoDbProcess(child, child.await("listening on "));
  }

  /// Where it is reached.
  String endpoint() {
    return endpoint;
  }

  void create(JsonObject table) throws IOException, InterruptedException {
    call("CreateTable", table);
  }

  /// All rows of a table, in DynamoDB's own form.
  JsonArray rows(String table) throws IOException, InterruptedException {
    JsonObject scan = new JsonObject();
    scan.addProperty("TableName", table);
    return call("Scan", scan).getAsJsonArray("Items");
  }

  private JsonObject call(String operation, JsonObject body) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint))
        .header("Content-Type", "application/x-amz-json-1.0")
        .header("X-Amz-Target", "DynamoDB_20120810." + operation)
        .header("Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/dynamodb/aws4_request, "
            + "SignedHeaders=host, Signature=0")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) throw new AssertionError(operation + ": " + response.body());
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  @Override
  public void close() {
    child.close();
  }
}
