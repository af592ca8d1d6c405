package dev.pinion.dynamodb;

import dev.pinion.json.RecordCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sends requests as they are given, with credentials that nobody checks. */
final class RawClient {
  private static final String CREDENTIALS =
      "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any";

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final RecordCodec json = new RecordCodec();

  /** An answer: its status, headers and members. */
  record Answer(int status, HttpHeaders headers, String body, Map<?, ?> members) {
    /** The name of the error, without its namespace. */
    String error() {
      return String.valueOf(members.get("__type")).replaceFirst(".*#", "");
    }

    String message() {
      return String.valueOf(members.containsKey("message") ? members.get("message") : members.get("Message"));
    }

    /** What is at a place within the members, which must be there. */
    Object at(String... path) {
      Object place = members;
      for (String name : path) {
        place = Objects.requireNonNull(((Map<?, ?>) place).get(name), () -> name + " in " + this);
      }
      return place;
    }

    List<?> list(String... path) {
      return (List<?>) at(path);
    }

    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  Answer call(URI endpoint, String operation, Object body) throws Exception {
    return send(endpoint, "DynamoDB_20120810." + operation, json.write(body));
  }

  /** Sends a text as the body. */
  Answer send(URI endpoint, String target, String body) throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(endpoint).header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.0").header("Authorization", CREDENTIALS)
            .header("X-Amz-Date", "20260101T000000Z").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    HttpResponse<String> response = http.send(post, HttpResponse.BodyHandlers.ofString());
    boolean members = response.body().startsWith("{");
    return new Answer(
        response.statusCode(), response.headers(), response.body(),
        members ? (Map<?, ?>) json.read(response.body(), Object.class) : Map.of());
  }
}
