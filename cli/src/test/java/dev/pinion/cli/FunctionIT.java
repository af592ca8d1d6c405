package dev.pinion.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/// The zip of each example, as the packaged command writes it, run by AWS's own runtime client: recorded events, tables
/// on DynamoDB Local, sends to clients of a local gateway.
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
final class FunctionIT {
  private static final Path EVENTS = SourceLimitsTest.root().resolve("lambda/src/test/resources/events");
  private static final String RECORDED_ID = "BFwQ_fXJFiACE1g=";
  private static final String NOBODY = "AAAAAAAAAAAAAAA=";
  private static final String HTTP = """
      {"version":"2.0","routeKey":"ROUTE","rawPath":"/","headers":{},
       "requestContext":{"http":{"method":"GET","sourceIp":"1"},"requestId":"r","timeEpoch":1,"domainName":"d"}}""";
  private static final String OK = "{\"statusCode\":200}";

  private final DynamoDbProcess dynamoDb;

  FunctionIT() throws IOException {
    assumeTrue(System.getenv("CI") != null || !FunctionProcess.library().isEmpty(), FunctionProcess.NEEDED);
    dynamoDb = DynamoDbProcess.start();
  }

  @AfterAll
  void stopDynamoDb() {
    dynamoDb.close();
  }

  /// A recorded event, of a connection.
  private static String event(String name, String connectionId) throws IOException {
    return Files.readString(EVENTS.resolve(name + ".json")).replace(RECORDED_ID, connectionId);
  }

  /// A recorded message, with another route and body.
  private static String message(String connectionId, String route, String body) throws IOException {
    JsonObject event = JsonParser.parseString(event("message", connectionId)).getAsJsonObject();
    event.getAsJsonObject("requestContext").addProperty("routeKey", route);
    event.addProperty("body", body);
    return event.toString();
  }

  private List<String> rows(String table) throws IOException, InterruptedException {
    return dynamoDb.rows(table).asList().stream().map(Object::toString).toList();
  }

  @Test
  void chat(@TempDir Path folder) throws Exception {
    try (Deployed chat = Deployed.of("examples/chat/Chat.java", folder, dynamoDb)) {
      var connect = chat.function("my-websocket/$connect");
      var message = chat.function("my-websocket/$default");
      var disconnect = chat.function("my-websocket/$disconnect");
      var ada = chat.connect();
      var bob = chat.connect();
      for (String id : List.of(ada.id(), bob.id(), NOBODY)) {
        assertThat(connect.invoke(event("connect", id))).isEqualTo(OK);
      }
      assertThat(rows("given-prefix-WebSocketTable")).containsExactlyInAnyOrder(row(ada.id()), row(bob.id()),
          row(NOBODY));
      assertThat(message.invoke(message(bob.id(), "$default", "Grüße, 𝄞"))).isEqualTo(OK);
      assertThat(ada.next()).isEqualTo("Grüße, 𝄞");
      assertThat(bob.next()).isEqualTo("Grüße, 𝄞");
      assertThat(disconnect.invoke(event("disconnect", ada.id()))).isEqualTo(OK);
      assertThat(rows("given-prefix-WebSocketTable")).containsExactlyInAnyOrder(row(bob.id()), row(NOBODY));
    }
  }

  private static String row(String id) {
    return "{\"connectionId\":{\"S\":\"" + id + "\"}}";
  }

  @Test
  void rooms(@TempDir Path folder) throws Exception {
    try (Deployed rooms = Deployed.of("examples/rooms/Rooms.java", folder, dynamoDb)) {
      var join = rooms.function("rooms/join");
      var who = rooms.function("rooms/who");
      var say = rooms.function("rooms/say");
      var disconnect = rooms.function("rooms/$disconnect");
      var ada = rooms.connect();
      var bob = rooms.connect();
      Map<String, String> names = new LinkedHashMap<>(Map.of(ada.id(), "Ada", bob.id(), "Bob", NOBODY, "Eve"));
      for (Map.Entry<String, String> each : names.entrySet()) {
        assertThat(join.invoke(message(each.getKey(), "join", body("name", each.getValue())))).isEqualTo(OK);
      }
      assertThat(who.invoke(message(ada.id(), "who", body("name", "any"))))
          .isEqualTo("{\"statusCode\":200,\"body\":\"[\\\"Ada\\\",\\\"Bob\\\",\\\"Eve\\\"]\"}");
      assertThat(say.invoke(message(ada.id(), "say", body("text", "hi")))).isEqualTo(OK);
      String said = "{\"room\":\"tea\",\"name\":\"Ada\",\"text\":\"hi\"}";
      assertThat(ada.next()).isEqualTo(said);
      assertThat(bob.next()).isEqualTo(said);
      assertThat(rows("given-prefix-members")).hasSize(2).noneMatch(row -> row.contains(NOBODY));
      assertThat(disconnect.invoke(event("disconnect", bob.id()))).isEqualTo(OK);
      assertThat(rows("given-prefix-members")).singleElement().asString().contains(ada.id(), "Ada");
    }
  }

  @Test
  void ticker(@TempDir Path folder) throws Exception {
    try (Deployed ticker = Deployed.of("examples/ticker/Ticker.java", folder, dynamoDb)) {
      var ada = ticker.connect();
      for (String id : List.of(ada.id(), NOBODY)) {
        assertThat(ticker.function("ticker/$connect").invoke(event("connect", id))).isEqualTo(OK);
      }
      String tick = "{\"scheduledTime\":\"2026-01-01T12:00:00Z\",\"executionId\":\"d32c5kddcf5bb8c3\"}";
      assertThat(ticker.function("tick").invoke(tick)).isEqualTo("null");
      assertThat(ada.next()).isEqualTo("{\"time\":\"2026-01-01T12:00:00Z\"}");
      assertThat(rows("given-prefix-watchers")).containsExactly(row(ada.id()));
      assertThat(ticker.function("opening").invoke("{}")).isEqualTo("null");
      assertThat(ada.next()).isEqualTo("the market is open");
    }
  }

  /// Handlers of five resources in two functions.
  @Test
  void arena(@TempDir Path folder) throws Exception {
    try (ScriptedAws aws = new ScriptedAws();
        Deployed arena = Deployed.of("examples/arena/Arena.java", folder, dynamoDb)) {
      var ada = arena.connect();
      var play = arena.function("play", Map.of("AWS_ENDPOINT_URL_LAMBDA", aws.url()));
      play.api().alias("on-match");
      assertThat(play.invoke(event("connect", ada.id()))).isEqualTo(OK);
      assertThat(play.invoke(message(ada.id(), "move", "{\"x\": 3, \"y\": 4}"))).isEqualTo(OK);
      assertThat(ada.next()).isEqualTo("{\"player\":\"" + ada.id() + "\",\"x\":3,\"y\":4}");
      play.api().alias("on-scores");
      assertThat(play.invoke(HTTP.replace("ROUTE", "GET /players"))).contains(ada.id());
      play.api().alias("on-match");
      assertThat(play.invoke(event("disconnect", ada.id()))).isEqualTo(OK);
      assertThat(rows("given-prefix-players")).isEmpty();
      assertThat(aws.requests())
          .anyMatch(each -> each.contains("function%3Agiven-prefix-upkeep%3Aon-farewell/invocations by "));
      var upkeep = arena.function("upkeep");
      upkeep.api().alias("on-farewell");
      assertThat(upkeep.invoke("\"somebody\"")).isEqualTo("null");
      upkeep.api().alias("on-sweep");
      assertThat(upkeep.invoke("{}")).isEqualTo("null");
    }
  }

  /// Classes that were written for Lambda, unchanged.
  @Test
  void lambdaHandlers(@TempDir Path folder) throws Exception {
    Path target = Stream.of("target", "target/command")
        .map(SourceLimitsTest.root().resolve("lambda-handler")::resolve)
        .filter(each -> Files.isDirectory(each.resolve("lib"))).findFirst().orElseThrow();
    String path = target.resolve("lib") + "/*";
    Path classes = target.resolve("test-classes");
    try (Deployed app = Deployed.ofClasses("samples.Samples", classes, path, folder, dynamoDb)) {
      String id = app.connect().id();
      var connect = app.function("ws/$connect");
      assertThat(connect.invoke(event("connect", id))).contains("\"statusCode\":403", "\"body\":\"checked\"");
      String asked = event("connect", id).replace("\"name\": \"Ada Lovelace\"", "\"user\": \"ada\"");
      assertThat(connect.invoke(asked)).contains("\"statusCode\":200");
      assertThat(connect.logged()).contains("connect of null", "connect of ada");
      Map<String, String> answers = Map.of(
          "whoami", id + " whoami MESSAGE IN prod true false false", "map", "MESSAGE: {}", "stream", "a message: true",
          "proxy", "got {}", "count", "call 1", "remaining", "time true, names true");
      for (Map.Entry<String, String> each : answers.entrySet()) {
        assertThat(app.function("ws/" + each.getKey()).invoke(message(id, each.getKey(), "{}")))
            .contains("\"statusCode\":200", "\"body\":\"" + each.getValue() + "\"");
      }
      assertThat(app.function("ws/$default").invoke(message(id, "$default", "hi"))).contains("default: hi");
      assertThat(app.function("ws/$disconnect").invoke(event("disconnect", id))).isEqualTo(OK);
      assertThat(app.function("ws/failing").invokeForAny(message(id, "failing", "{}")).body())
          .contains("the table is missing");
    }
  }

  /// The same in a program of one file, to which the command adds the library.
  @Test
  void lambdaHandlerWithoutABuild(@TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("Hello.java"), ProgramLibrariesTest.HANDLERS);
    try (Deployed app = Deployed.of(program.toString(), folder, dynamoDb)) {
      assertThat(app.function("ws/greet").invoke(message(NOBODY, "greet", "ada")))
          .contains("\"statusCode\":200", "\"body\":\"hello ada\"");
    }
  }

  @Test
  void assistant(@TempDir Path folder) throws Exception {
    try (ScriptedAws aws = new ScriptedAws();
        Deployed assistant = Deployed.of("examples/assistant/Assistant.java", folder, dynamoDb)) {
      var ada = assistant.connect();
      Map<String, String> services =
          Map.of("AWS_ENDPOINT_URL_LAMBDA", aws.url(), "AWS_ENDPOINT_URL_SCHEDULER", aws.url());
      var ask = assistant.function("assistant/ask", services);
      assertThat(ask.invoke(message(ada.id(), "ask", "{\"text\": \"who are you\"}"))).isEqualTo(OK);
      assertThat(aws.requests()).anyMatch(each -> each.startsWith(
          "POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A111122223333%3Afunction%3A"
              + "given-prefix-answer%3Alive/invocations by "));
      var later = assistant.function("assistant/askLater", services);
      assertThat(later.invoke(message(ada.id(), "askLater", "{\"text\": \"hi\", \"minutes\": 5}"))).isEqualTo(OK);
      assertThat(aws.requests()).anyMatch(each -> each.startsWith("POST /schedules/"));
      var answer = assistant.function("answer");
      assertThat(answer.invoke("{\"client\": \"" + ada.id() + "\", \"text\": \"are you\"}")).isEqualTo("null");
      assertThat(ada.next()).isEqualTo("{\"number\":0,\"text\":\"you\"}");
      assertThat(ada.next()).isEqualTo("{\"number\":1,\"text\":\"are\"}");
      assertThat(ada.next()).isEqualTo("{\"tokens\":2}");
    }
  }

  private static String body(String name, String value) {
    return "{\"room\": \"tea\", \"" + name + "\": \"" + value + "\"}";
  }

  @Test
  void lobby(@TempDir Path folder) throws Exception {
    try (ScriptedAws aws = new ScriptedAws();
        Deployed lobby = Deployed.of("examples/lobby/Lobby.java", folder, dynamoDb)) {
      var tickets = lobby.function("door/POST /tickets", Map.of("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.url()));
      var connect = lobby.function("lobby/$connect");
      var message = lobby.function("lobby/$default");
      assertThat(tickets.invoke(login("guess"))).isEqualTo("{\"statusCode\":401}");
      String answer = tickets.invoke(login("Ada Lovelace"));
      assertThat(answer).startsWith("{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},");
      String ticket = answer.replaceAll(".*ticket\\\\\":\\\\\"([0-9a-f-]{36}).*", "$1");
      String event = event("connect", NOBODY);
      assertThat(connect.invoke(event)).isEqualTo("{\"statusCode\":401}");
      String with = event.replace("\"name\"", "\"ticket\"").replace("Ada Lovelace", ticket);
      assertThat(connect.invoke(with)).isEqualTo(OK);
      assertThat(connect.invoke(with)).as("a second time").isEqualTo("{\"statusCode\":401}");
      var ada = lobby.connect();
      assertThat(message.invoke(message(ada.id(), "$default", "Ada"))).isEqualTo(OK);
      assertThat(ada.next()).isEqualTo("given-config_greeting, Ada");
      assertThat(tickets.logged() + connect.logged() + message.logged()).doesNotContain("Lovelace");
    }
  }

  private static String login(String password) {
    return """
        {"version":"2.0","routeKey":"POST /tickets","rawPath":"/tickets","rawQueryString":"","headers":{"host":"h"},
         "requestContext":{"http":{"method":"POST","path":"/tickets","protocol":"HTTP/1.1","sourceIp":"192.0.2.1"},
         "requestId":"r","timeEpoch":%d,"domainName":"h"},"body":"{\\"password\\":\\"%s\\"}","isBase64Encoded":false}"""
        .formatted(System.currentTimeMillis(), password);
  }

  @Test
  void echoAndWhatFails(@TempDir Path folder) throws Exception {
    try (Deployed echo = Deployed.of("examples/echo/Echo.java", folder, dynamoDb)) {
      var message = echo.function("echo/$default");
      var ada = echo.connect();
      assertThat(message.invoke(message(ada.id(), "$default", "one"))).isEqualTo(OK);
      assertThat(ada.next()).isEqualTo("one");
      RuntimeApi.Answer failure = message.invokeForAny(message("no id", "$default", "two"));
      assertThat(failure.kind()).isEqualTo("error");
      assertThat(failure.body()).contains("\"errorType\":\"dev.pinion.BadRequestException\"", "Invalid connectionId");
      assertThat(message.logged())
          .contains("Echo.java:10: handler echo/$default failed for connection no id: ");
      assertThat(message.invoke(message(ada.id(), "$default", "three"))).isEqualTo(OK);
      assertThat(ada.next()).isEqualTo("three");
    }
  }

  /// The test of these tests.
  @Test
  void aJarThatIsNotInTheZipIsFound(@TempDir Path folder) throws Exception {
    try (Deployed echo = Deployed.of("examples/echo/Echo.java", folder, dynamoDb)) {
      try (var jars = Files.newDirectoryStream(echo.unpacked().resolve("lib"), "pinion-json-*.jar")) {
        Files.delete(jars.iterator().next());
      }
      RuntimeApi.Answer failure = echo.function("echo/$default").answer();
      assertThat(failure.kind()).isEqualTo("init/error");
      assertThat(failure.body()).contains("NoClassDefFoundError", "dev/pinion/json/");
    }
  }
}
