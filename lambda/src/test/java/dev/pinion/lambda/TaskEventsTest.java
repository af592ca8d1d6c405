package dev.pinion.lambda;

import app.Telling;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pinion.BadRequestException;
import dev.pinion.ForbiddenException;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.lambda.Environment.Starts;
import dev.pinion.lambda.ScriptedServer.Answer;
import dev.pinion.spi.TaskModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Asynchronous invocations through a function's entry, and what it calls to start tasks. */
final class TaskEventsTest {
  private static final String ALIAS = "arn:aws:lambda:eu-central-1:111122223333:function:Telling-note:live";
  private static final String TRACE = "com.amazonaws.xray.traceHeader";

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Telling.TOLD.clear();
  }

  @AfterEach
  void noTrace() {
    System.clearProperty(TRACE);
  }

  private String answer(String event, Map<String, String> more) throws IOException {
    Map<String, String> variables = new HashMap<>(more);
    variables.putAll(
        Map.of(
            "PINION_APP", "app.Telling", "PINION_HANDLER", "note", "AWS_REGION", "eu-central-1", "AWS_ACCESS_KEY_ID",
            "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", "secret"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new Function(variables).handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), answer, invocation);
    return answer.toString(UTF_8);
  }

  private static Map<String, String> at(ScriptedServer server) {
    return Map.of(
        "PINION_TASKS", "{\"note\":{\"alias\":\"" + ALIAS + "\",\"group\":\"g\",\"role\":\"r\",\"deadLetters\":\"d\"}}",
        "AWS_ENDPOINT_URL_LAMBDA", server.url(), "AWS_ENDPOINT_URL_SCHEDULER", server.url());
  }

  @Test
  void thePayloadIsTheEvent() throws Exception {
    assertThat(answer("{\"text\": \"Grüße\", \"more\": null}", Map.of())).isEqualTo("null");
    assertThat(Telling.TOLD.poll()).isEqualTo("note Grüße");
    assertThat(invocation.logged()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{}               | text: missing",
    "{\"text\": null} | text: null",
    "[]               | not an object"})
  void whatIsNoPayloadFailsTheInvocation(String event, String message) {
    assertThatThrownBy(() -> answer(event, Map.of())).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the payload is not of the task's type: ").hasMessageContaining(message);
    assertThat(invocation.logged()).contains(": handler note failed: ", message);
    assertThat(Telling.TOLD).isEmpty();
  }

  @Test
  void aFailureFailsTheInvocationSoThatLambdaRetriesIt() {
    assertThatThrownBy(() -> answer("{\"text\": \"failing\"}", Map.of())).isInstanceOf(IOException.class);
    assertThat(invocation.logged())
        .matches("Telling\\.java:\\d+: handler note failed: java.io.IOException: the disk is full\n");
  }

  @Test
  void aStartIsAnInvocationThatCarriesTheTrace() throws Exception {
    System.setProperty(TRACE, "Root=1-5759e988-bd862e3fe1be46a994272793;Lineage=a87bd80c:0");
    try (ScriptedServer server = new ScriptedServer(_ -> new Answer(202, "", ""))) {
      answer("{\"text\": \"again\"}", at(server));
      assertThat(server.requests()).singleElement().satisfies(each -> {
        assertThat(each.line()).isEqualTo("POST /2015-03-31/functions/" + ALIAS.replace(":", "%3A") + "/invocations");
        assertThat(each.header("X-Amz-Invocation-Type")).isEqualTo("Event");
        assertThat(each.header("X-Amzn-Trace-Id")).endsWith("Lineage=a87bd80c:0");
        assertThat(each.authorization()).contains("/eu-central-1/lambda/aws4_request")
            .doesNotContain("x-amzn-trace-id");
        assertThat(each.body()).isEqualTo("{\"text\":\"once more\"}");
      });
    }
  }

  @Test
  void aDelayIsAOneTimeSchedule() throws Exception {
    Instant before = Instant.now();
    try (ScriptedServer server = new ScriptedServer(_ -> new Answer(200, "", "{\"ScheduleArn\":\"x\"}"))) {
      answer("{\"text\": \"later\"}", at(server));
      JsonObject body = JsonParser.parseString(server.requests().getFirst().body()).getAsJsonObject();
      String name = body.get("ClientToken").getAsString();
      assertThat(server.requests().getFirst().line()).isEqualTo("POST /schedules/" + name);
      assertThat(server.requests().getFirst().authorization()).contains("/eu-central-1/scheduler/aws4_request");
      String at = body.get("ScheduleExpression").getAsString();
      assertThat(Instant.parse(at.replaceAll("at\\((.*)\\)", "$1Z")))
          .isBetween(before.plusMillis(59_001), Instant.now().plusMillis(60_001));
      body.remove("ScheduleExpression");
      body.remove("ClientToken");
      assertThat(body).hasToString(
          "{\"ActionAfterCompletion\":\"DELETE\",\"FlexibleTimeWindow\":{\"Mode\":\"OFF\"},\"GroupName\":\"g\","
              + "\"Target\":{\"Arn\":\"" + ALIAS + "\",\"RoleArn\":\"r\",\"Input\":\"{\\\"text\\\":\\\""
              + "\\\\u003cb>\\\"}\",\"DeadLetterConfig\":{\"Arn\":\"d\"}}}");
    }
  }

  @Test
  void aTaskThatTheFunctionWasNotCompiledWithIsNamed() {
    assertThatThrownBy(() -> answer("{\"text\": \"again\"}", Map.of())).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("task 'note' (Telling.java:").hasMessageContaining("compile and deploy again");
  }

  private static Class<? extends ServiceException> type(String name) {
    return switch (name) {
      case "TooLarge" -> PayloadTooLargeException.class;
      case "Limit" -> LimitExceededException.class;
      case "Forbidden" -> ForbiddenException.class;
      case "Bad" -> BadRequestException.class;
      default -> ServiceUnavailableException.class;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "413, RequestTooLargeException, TooLarge, 1", "429, TooManyRequestsException, Limit, 3",
    "403, AccessDeniedException, Forbidden, 1", "400, InvalidRequestContentException, Bad, 1",
    "400, RecursiveInvocationException, Limit, 1", "404, ResourceNotFoundException, Unavailable, 1",
    "500, ServiceException, Unavailable, 3"})
  void lambdasErrorsAreTheApis(int status, String error, String expected, int requests) throws Exception {
    try (ScriptedServer server = new ScriptedServer(_ -> new Answer(status, error, "{\"Message\":\"no\"}"))) {
      LambdaTasks tasks = new LambdaTasks(
          Senders.client(Map.of("AWS_ENDPOINT_URL_LAMBDA", server.url()), Senders.aMinute()), Instant::now,
          _ -> new Starts(ALIAS, "", "", ""));
      TaskModel task = dev.pinion.Definition.of(new Telling()).model().tasks().getFirst();
      assertThatThrownBy(() -> tasks.start(task, "{}")).isExactlyInstanceOf(type(expected))
          .hasMessageContaining("no");
      assertThat(server.requests()).hasSize(requests);
    }
  }
}
