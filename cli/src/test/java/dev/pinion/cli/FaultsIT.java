package dev.pinion.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.pinion.cli.FaultyAws.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// A packaged function under AWS's own runtime client, against an AWS where things go wrong: how often it asks, how its
/// handler's call ends, that it is in time, and what is logged.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class FaultsIT {
  private static final Path EVENTS = SourceLimitsTest.root().resolve("lambda/src/test/resources/events");
  private static final long MUCH = 29_000;
  private static final String OK = response(200, "", "{}");
  private static final String SECRET = response(200, "", "{\"SecretString\": \"Ada\"}");
  private static final String PROGRAM = """
      import dev.pinion.*;
      import java.util.*;

      public final class Faults implements App {
        @Override
        public void define(Cloud cloud) {
          Table rows = cloud.table("rows").hashKey("id", AttributeType.STRING).create();
          Secret password = cloud.secret("password");
          WebSocket ws = cloud.webSocket("faults").create();
          ws.onConnect(c -> {
            if (!password.value().equals("Ada")) throw c.reject(401);
          });
          ws.onRequest("call", (c, body) -> {
            try {
              return call(rows, ws, body.split(" "));
            } catch (ServiceException e) {
              return e.getClass().getSimpleName();
            }
          });
        }

        private static String call(Table rows, WebSocket ws, String[] words) {
          switch (words[0]) {
            case "put" -> rows.putItem(Item.of("id", "1"));
            case "add" -> rows.updateItem(Key.of("id", "1"), Attribute.attribute("n").add(1));
            case "get" -> rows.getItem(Key.of("id", "1"));
            case "transact" -> Table.transactWriteItems(
                TransactWrite.put(rows, Item.of("id", "1")), TransactWrite.put(rows, Item.of("id", "2")));
            case "send" -> {
              return ws.sendMessage(words[1], "text") ? "ok" : "gone";
            }
            default -> {
              Broadcast all = ws.broadcast(List.of(words), "text");
              StringBuilder failed = new StringBuilder();
              all.failed().forEach(
                  (id, e) -> failed.append(' ').append(id).append('=').append(e.getClass().getSimpleName()));
              return "sent " + all.sent() + ", gone " + all.gone() + ", failed" + failed;
            }
          }
          return "ok";
        }
      }
      """;

  private final FaultyAws aws;
  private final Deployed app;
  private final FunctionProcess function;

  FaultsIT(@TempDir Path folder) throws Exception {
    assumeTrue(System.getenv("CI") != null || !FunctionProcess.library().isEmpty(), FunctionProcess.NEEDED);
    aws = new FaultyAws();
    Path program = Files.writeString(folder.resolve("Faults.java"), PROGRAM);
    app = Deployed.compiled(program.toString(), folder, aws.url());
    function = app.function("faults/call");
    aws.answers(List.of(OK));
    assertThat(call(function, "get", MUCH)).as("what it needs has been loaded").isEqualTo("ok");
  }

  @AfterAll
  void close() throws IOException {
    app.close();
    aws.close();
  }

  /// What goes wrong with a call, how much time its invocation has, how often AWS is asked, and how the call ends.
  record Fault(String call, List<String> answers, long leftMillis, int attempts, String end) {
    Fault(String call, List<String> answers, int attempts, String end) {
      this(call, answers, MUCH, attempts, end);
    }

    @Override
    public String toString() {
      return call + " in " + leftMillis + " ms: "
          + answers.stream().map(each -> each.lines().findFirst().orElse("") + " " + each.length()).toList();
    }
  }

  private static String error(int status, String type) {
    return response(status, "", "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"m\"}");
  }

  private static String cancelled(String... codes) {
    String reasons = Stream.of(codes).map(code -> "{\"Code\":\"" + code + "\"}").toList().toString();
    return response(400, "", "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
        + "\"Message\":\"Transaction cancelled\",\"CancellationReasons\":" + reasons + "}");
  }

  static Stream<Fault> rowFaults() {
    String unavailable = "ServiceUnavailableException";
    return Stream.of(
        new Fault("put", List.of(FaultyAws.RESET, OK), 2, "ok"),
        new Fault("put", List.of(FaultyAws.RESET), 4, unavailable),
        new Fault("put", List.of(FaultyAws.CLOSE, FaultyAws.CUT, OK), 3, "ok"),
        new Fault("get", List.of(FaultyAws.STALL, OK), 2, "ok"),
        new Fault("put", List.of(FaultyAws.STALL), 1_200, 1, unavailable),
        new Fault("put", List.of(FaultyAws.HALF), 1_200, 1, unavailable),
        new Fault("put", List.of(FaultyAws.DRIP), 1_200, 1, unavailable),
        new Fault("put", List.of(OK), 400, 0, unavailable),
        new Fault("put", List.of(error(500, "InternalServerError"), response(503, "", ""), OK), 3, "ok"),
        new Fault("put", List.of(response(500, "", "")), 4, unavailable),
        new Fault("put", List.of(response(503, "x-amz-retry-after: 10\r\n", ""), OK), 2, "ok"),
        new Fault("put", List.of(response(404, "", "<html>"), OK), 1, unavailable),
        new Fault("put", List.of(error(400, "ResourceNotFoundException"), OK), 1, unavailable),
        new Fault("put", List.of(response(410, "", ""), OK), 1, unavailable),
        new Fault("put", List.of(response(301, "Location: /other\r\n", ""), OK), 1, unavailable),
        new Fault("put", List.of(response(307, "Location: /other\r\n", ""), OK), 1, unavailable),
        new Fault("put", List.of(error(400, "ProvisionedThroughputExceededException"), OK), 2, "ok"),
        new Fault("put", List.of(response(429, "", ""), OK), 2, "ok"),
        new Fault("put", List.of(error(400, "RequestTimeout"), OK), 2, "ok"),
        new Fault("put", List.of(error(400, "AccessDeniedException"), OK), 1, "ForbiddenException"),
        new Fault("put", List.of(response(200, "x-amz-crc32: 17\r\n", "{}"), OK), 2, "ok"),
        new Fault("put", List.of(response(200, "x-amz-crc32: 17\r\n", "{}")), 4, unavailable),
        new Fault("put", List.of(error(400, "TransactionConflictException"), OK), 2, "ok"),
        new Fault("add", List.of(FaultyAws.RESET, OK), 2, "ok"),
        new Fault("transact", List.of(cancelled("None", "ThrottlingError"), OK), 2, "ok"),
        new Fault("transact", List.of(cancelled("TransactionConflict", "None")), 4, "TransactionCanceledException"),
        new Fault("transact", List.of(cancelled("TransactionConflict", "ConditionalCheckFailed"), OK), 1,
            "TransactionCanceledException"));
  }

  static Stream<Fault> sendFaults() {
    String gone = "x-amzn-ErrorType: GoneException\r\n";
    return Stream.of(
        new Fault("send AAAAAAAAAAAAAAA=", List.of(response(410, gone, "")), 1, "gone"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(response(410, "", "")), 1, "gone"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(response(404, "", ""), OK), 1, "ServiceUnavailableException"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(response(403, "", ""), OK), 1, "ForbiddenException"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(response(500, "", "")), 3, "ServiceUnavailableException"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(FaultyAws.RESET), 3, "ServiceUnavailableException"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(FaultyAws.DRIP), 1_200, 1, "ServiceUnavailableException"),
        new Fault("send AAAAAAAAAAAAAAA=", List.of(response(429, "", ""), response(429, "", ""), OK), 3, "ok"));
  }

  @ParameterizedTest
  @MethodSource({"rowFaults", "sendFaults"})
  void aCall(Fault fault) throws Exception {
    aws.answers(fault.answers());
    assertThat(call(fault.call(), fault.leftMillis())).isEqualTo(fault.end());
    assertThat(aws.requests()).hasSize(fault.attempts());
  }

  /// Throttled as long as there is time: how often depends on chance.
  @Test
  void aThrottledCallEndsInTime() throws Exception {
    aws.answers(List.of(response(429, "", "")));
    assertThat(call("send AAAAAAAAAAAAAAA=", 2_000)).isEqualTo("LimitExceededException");
    assertThat(aws.requests()).hasSizeBetween(3, 10);
    aws.answers(List.of(error(400, "ThrottlingException")));
    assertThat(call("put", 2_500)).isEqualTo("LimitExceededException");
    assertThat(aws.requests()).hasSizeBetween(2, 4);
  }

  @Test
  void aClockAnHourOffIsNoticed() throws Exception {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
    aws.answers(List.of(
        response(400, "Date: " + date + "\r\n", "{\"__type\":\"InvalidSignatureException\",\"message\":\"expired\"}"),
        OK));
    FunctionProcess other = app.function("faults/call");
    assertThat(call(other, "put", MUCH)).isEqualTo("ok");
    assertThat(call(other, "put", MUCH)).isEqualTo("ok");
    assertThat(aws.requests()).extracting(each -> hoursFromNow(each.date())).containsExactly(0L, 1L, 1L);
  }

  private static long hoursFromNow(String date) {
    Instant at = Instant.from(DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").parse(date));
    return Math.round(Duration.between(Instant.now(), at).toSeconds() / 3_600.0);
  }

  @Test
  void eachReceiverOfABroadcastIsInOnePlace() throws Exception {
    aws.answers(List.of(OK));
    aws.about("gone-typed-1", response(410, "x-amzn-ErrorType: GoneException\r\n", ""));
    aws.about("broken-0001", response(500, "", ""));
    aws.about("broken-0002", response(500, "", ""));
    aws.about("missing-001", response(404, "", ""));
    aws.about("gone-bare-01", response(410, "", ""));
    aws.about("stalls-0001", FaultyAws.STALL);
    aws.about("stalls-0002", FaultyAws.HALF);
    aws.about("resets-0001", FaultyAws.RESET, OK);
    aws.about("busy-000001", response(429, "", ""), response(429, "", ""), OK);
    assertThat(
        call("fine-000001 gone-typed-1 broken-0001 stalls-0001 missing-001 resets-0001 gone-bare-01 busy-000001 "
            + "stalls-0002 broken-0002 fine-000002", 3_000, 3))
        .isEqualTo("sent 4, gone [gone-typed-1, gone-bare-01], failed broken-0001=ServiceUnavailableException "
            + "stalls-0001=ServiceUnavailableException missing-001=ServiceUnavailableException "
            + "stalls-0002=ServiceUnavailableException broken-0002=ServiceUnavailableException");
  }

  /// In an instance of their own: so many failures use up what a client may retry.
  @Test
  void manyEqualFailuresAreOneLine() throws Exception {
    FunctionProcess other = app.function("faults/call");
    aws.answers(List.of(OK));
    assertThat(call(other, "get", MUCH)).isEqualTo("ok");
    List<String> ids = IntStream.range(0, 200).mapToObj(each -> "receiver-" + (1_000 + each)).toList();
    aws.answers(List.of(response(500, "", "")));
    aws.about(ids.get(7), OK);
    aws.about(ids.get(9), response(410, "", ""));
    String all = call(other, String.join(" ", ids), MUCH);
    assertThat(all).startsWith("sent 1, gone [" + ids.get(9) + "], failed " + ids.get(0) + "=");
    assertThat(all.split("=", -1)).hasSize(199);
    assertThat(other.logged().lines()).singleElement().asString().contains("not sent to 198 of its receivers");
    aws.answers(List.of(FaultyAws.STALL));
    assertThat(call(other, String.join(" ", ids), 2_000).split("=", -1)).as("32 stall, and for the rest is no time")
        .hasSize(201);
    assertThat(other.logged().lines()).hasSizeBetween(3, 5);
  }

  @Test
  void aSecretIsReadAgainWhenTheFirstReadStalls() throws Exception {
    aws.answers(List.of(FaultyAws.STALL, SECRET));
    FunctionProcess connect = app.function("faults/$connect", secrets());
    assertThat(connect.invoke(event("connect"))).isEqualTo("{\"statusCode\":200}");
    assertThat(aws.requests()).hasSize(2);
    assertThat(connect.logged()).isEmpty();
  }

  @Test
  void aSecretThatCannotBeReadEndsTheStartInTime() throws Exception {
    aws.answers(List.of(FaultyAws.STALL));
    long start = System.nanoTime();
    RuntimeApi.Answer answer = app.function("faults/$connect", secrets()).answer();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(answer.kind()).isEqualTo("init/error");
    assertThat(answer.body()).contains("secret 'password'", "timed out");
    assertThat(aws.requests()).hasSize(3);
  }

  @Test
  void afterARestoreAsWell() throws Exception {
    aws.answers(List.of(FaultyAws.STALL, SECRET));
    Map<String, String> variables = new HashMap<>(secrets());
    variables.putAll(Map.of(
        "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "",
        "AWS_SESSION_TOKEN", "", "AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/keys",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "any"));
    FunctionProcess connect = app.function("faults/$connect", variables);
    assertThat(connect.answer().kind()).as(connect.logged()).isEqualTo("restore/next");
    assertThat(aws.requests()).isEmpty();
    connect.api().restore();
    assertThat(aws.requests()).hasSize(2);
    assertThat(connect.invoke(event("connect"))).isEqualTo("{\"statusCode\":200}");
  }

  private Map<String, String> secrets() {
    return Map.of("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.url());
  }

  private String call(String body, long leftMillis) throws Exception {
    return call(body, leftMillis, 0);
  }

  /// Makes a call, which must be in time, and log so many lines.
  private String call(String body, long leftMillis, int lines) throws Exception {
    long before = function.logged().lines().count();
    String end = call(function, body, leftMillis);
    assertThat(function.logged().lines().skip(before)).hasSize(lines);
    return end;
  }

  private static String call(FunctionProcess function, String body, long leftMillis) throws Exception {
    JsonObject event = JsonParser.parseString(event("message")).getAsJsonObject();
    event.getAsJsonObject("requestContext").addProperty("routeKey", "call");
    event.addProperty("body", body);
    long start = System.nanoTime();
    function.api().event(event.toString(), leftMillis);
    RuntimeApi.Answer answer = function.answer();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(leftMillis));
    assertThat(answer.kind()).as(answer.body()).isEqualTo("response");
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("body").getAsString();
  }

  private static String event(String name) throws IOException {
    return Files.readString(EVENTS.resolve(name + ".json"));
  }
}
