package dev.pinion.lambda;

import app.Telling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.pinion.lambda.Recorded.changed;
import static dev.pinion.lambda.Recorded.event;
import static dev.pinion.lambda.Recorded.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Recorded events through a function's entry: what its handler is given, and what API Gateway is answered. */
final class FunctionTest {
  private static final String CONNECTION =
      "BFwQ_fXJFiACE1g= %s 2024-11-11T13:48:12.417Z 203.0.113.7 Mozilla/5.0 (X11; Linux x86_64) "
          + "k3x9qzt1ub.execute-api.eu-central-1.amazonaws.com prod {}";

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Telling.TOLD.clear();
  }

  private String answer(String route, String event) throws IOException {
    return answer("app.Telling", route, event);
  }

  private String answer(String app, String route, String event) throws IOException {
    Function function = new Function(Map.of("PINION_APP", app, "PINION_HANDLER", "ws/" + route));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, invocation);
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Test
  void connectHasTheWholeHandshake() throws Exception {
    assertThat(answer("$connect", event("connect")))
        .isEqualTo("{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"chat.v2\"}}");
    assertThat(Telling.TOLD.poll())
        .startsWith(CONNECTION.formatted("BFwQ_EXjliAFSXA="))
        .contains("Sec-WebSocket-Protocol=[chat.v1, chat.v2]", "X-Forwarded-Proto=[https]", "x-room=[red, blue]")
        .endsWith("{name=[Ada Lovelace], tag=[a, b]}");
  }

  /** API Gateway checks no origin, and a handler that gets the event as it came does not either. */
  @Test
  void theOriginIsCheckedForEveryKindOfHandler() throws Exception {
    String other =
        changed(event("connect"), "\"x-room\": [", "\"Origin\": [\"https://evil.example.com\"], \"x-room\": [");
    assertThat(answer("app.Moved", "$connect", other)).isEqualTo("{\"statusCode\":403}");
    assertThat(answer("app.Moved", "$connect", changed(other, "evil", "app"))).isEqualTo("{\"statusCode\":204}");
    assertThat(answer("app.Moved", "$connect", event("connect"))).isEqualTo("{\"statusCode\":204}");
  }

  @Test
  void connectOfTheOlderFormWithNulls() throws Exception {
    assertThat(answer("$connect", changed(event("connect-nulls"), "\"Sec-WebSocket-Version\": [\"13\"]",
        "\"Sec-WebSocket-Version\": [\"13\"], \"Sec-WebSocket-Protocol\": [\"chat.v1\"]")))
        .isEqualTo("{\"statusCode\":401}");
    assertThat(Telling.TOLD.poll()).contains(" 203.0.113.7 no agent ").endsWith(" {}");
  }

  @Test
  void whatTheAuthorizerHandedOnIsText() throws Exception {
    String event = changed(event("message"), "\"apiId\"",
        "\"authorizer\": {\"principalId\": \"ada\", \"age\": 36, \"admin\": true, \"none\": null}, \"apiId\"");
    answer("$default", event);
    assertThat(Telling.TOLD.poll()).contains("principalId=ada", "age=36", "admin=true")
        .doesNotContain("none");
  }

  @Test
  void messageReachesItsHandlerAndIsAnsweredWith200() throws Exception {
    assertThat(answer("$default", event("message"))).isEqualTo("{\"statusCode\":200}");
    assertThat(Telling.TOLD.poll())
        .isEqualTo(CONNECTION.formatted("BFwRCHHNFiAFmpA=") + " {\"text\": \"Grüße, 𝄞\"}");
  }

  @Test
  void requestIsAnsweredInTheBody() throws Exception {
    assertThat(answer("typed", message("typed")))
        .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"text\\\":\\\"Grüße, 𝄞\\\"}\"}");
    assertThat(answer("text", changed(message("text"), "\"{\\\"text\\\": \\\"Grüße, 𝄞\\\"}\"", "\"a\\u0000b\\n\"")))
        .isEqualTo("{\"statusCode\":200,\"body\":\"a\\u0000b\\n\"}");
  }

  @Test
  void aBodyThatDoesNotFitIsTheClientsMistake() throws Exception {
    assertThat(answer("typed", changed(message("typed"), "\\\"Grüße, 𝄞\\\"", "7")))
        .startsWith("{\"statusCode\":200,\"body\":\"{\\\"message\\\":\\\"Bad request body: text: ")
        .contains("BFwQ_fXJFiACE1g=", "BFwRCHHNFiAFmpA=");
    assertThat(invocation.logged()).isEmpty();
  }

  @Test
  void disconnectHasCodeAndReason() throws Exception {
    assertThat(answer("$disconnect", event("disconnect"))).isEqualTo("{\"statusCode\":200}");
    assertThat(Telling.TOLD.poll()).isEqualTo(
        CONNECTION.formatted("BFwRgGcmFiAFkLw=") + " 1005 'Client-side close frame status not set'");
  }

  @Test
  void disconnectWithoutThemStillRuns() throws Exception {
    String event = changed(event("disconnect"), "\"Client-side close frame status not set\"", "null");
    answer("$disconnect", changed(event, "\"disconnectStatusCode\": 1005,", ""));
    assertThat(Telling.TOLD.poll()).endsWith(" 1006 ''");
  }

  @ParameterizedTest
  @CsvSource(nullValues = "nothing", value = {"nothing", "'\"body\": null,'", "'\"body\": \"\",'"})
  void anEmptyMessageMayComeWithoutABody(@Nullable String body) throws Exception {
    String whole = "\"body\": \"{\\\"text\\\": \\\"Grüße, 𝄞\\\"}\",";
    assertThat(answer("$default", changed(event("message"), whole, body == null ? "" : body)))
        .isEqualTo("{\"statusCode\":200}");
    assertThat(Telling.TOLD.poll()).isEqualTo(CONNECTION.formatted("BFwRCHHNFiAFmpA=") + " ");
    assertThat(answer("text", changed(message("text"), whole, body == null ? "" : body)))
        .isEqualTo("{\"statusCode\":200,\"body\":\"\"}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"requestContext":{"eventType":"DISCONNECT","connectionId":"a="}}
      {"requestContext":{"routeKey":"$disconnect","connectionId":"a=","identity":null,"requestTimeEpoch":"now"}}
      {"requestContext":{"eventType":"DISCONNECT","connectionId":"a=","disconnectStatusCode":99999999999,"stage":{}}}
      """)
  void aDisconnectNeedsOnlyItsConnection(String event) throws Exception {
    assertThat(answer("$disconnect", event)).isEqualTo("{\"statusCode\":200}");
    assertThat(Telling.TOLD.poll()).isEqualTo("a=  1970-01-01T00:00:00Z  no agent   {} 1006 ''");
  }

  @Test
  void aDisconnectWithoutItsConnectionIsRefused() {
    assertThatThrownBy(() -> answer("$disconnect", "{\"requestContext\":{\"eventType\":\"DISCONNECT\"}}"))
        .hasMessageEndingWith("requestContext.connectionId: missing");
  }

  @Test
  void nullFromARequestIsNoAnswer() throws Exception {
    assertThat(answer("silent", message("silent"))).isEqualTo("{\"statusCode\":200}");
  }

  @Test
  void whatTheHandlerThrowsFailsTheInvocation() {
    assertThatThrownBy(() -> answer("failing", message("failing")))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(invocation.logged()).matches("Telling\\.java:\\d+: handler ws/failing failed for connection "
        + "BFwQ_fXJFiACE1g=: java\\.io\\.IOException: the disk is full\n");
  }

  @Test
  void anExceptionWhoseMessageThrowsIsReportedWithItsStack() {
    assertThatThrownBy(() -> answer("unspeakable", message("unspeakable")))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage(
            "app.Telling$Unspeakable was thrown, and its message throws java.lang.UnsupportedOperationException")
        .satisfies(e -> assertThat(e.getStackTrace()[0].getFileName()).isEqualTo("Telling.java"));
    assertThat(invocation.logged()).matches("Telling\\.java:\\d+: handler ws/unspeakable failed .*: "
        + "java\\.lang\\.IllegalStateException: app\\.Telling\\$Unspeakable was thrown, .*\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      "{\\"text\\": \\"Grüße, 𝄞\\"}" | 7                         | body: not text
      "isBase64Encoded": false     | "isBase64Encoded": true       | isBase64Encoded: a binary message
      "MESSAGE"                    | "JOIN"                        | requestContext.eventType: 'JOIN' is neither
      "connectedAt": 1731332892417 | "connectedAt": "yesterday"    | requestContext.connectedAt:
      "messageId": "BFwRCdFMliACE1g=", |                           | requestContext.messageId: missing
      "requestContext"             | "context"                     | requestContext: missing
      """)
  void aBadEventSaysWhere(String from, @Nullable String to, String message) {
    String event = changed(event("message"), from, to == null ? "" : to);
    assertThatThrownBy(() -> answer("$default", event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the input is not an event of an API Gateway WebSocket API, which this function handles: " + message);
    assertThat(invocation.logged()).contains("handler ws/$default failed: ").contains(message);
    assertThat(Telling.TOLD).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"key1": "value1", "key2": "value2"}                   | requestContext: missing
      {"Records": [{"eventSource": "aws:sqs", "body": "x"}]} | requestContext: missing
      {"requestContext": {"http": {"method": "GET"}}}        | requestContext.routeKey: missing
      [1]                                                    | not an object
      {"requestContext":                                     | requestContext: not JSON
      """)
  void noEventAtAll(String event, String message) {
    assertThatThrownBy(() -> answer("$default", event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the input is not an event of an API Gateway WebSocket API, which this function handles: " + message);
  }

  @Test
  void anEventOfAnotherRoute() {
    assertThatThrownBy(() -> answer("$disconnect", event("message")))
        .hasMessage("an event of route '$default' was sent to the function of handler 'ws/$disconnect': the route's "
            + "integration invokes the wrong function");
  }

  @Test
  void anEnvironmentOfAnotherVersion() {
    assertThatThrownBy(() -> answer("$default2", event("message")))
        .hasMessage("app app.Telling declares no handler 'ws/$default2': the function's code and its environment are "
            + "from different versions; compile and deploy again");
    assertThatThrownBy(() -> new Function(Map.of("PINION_APP", "app.Nobody", "PINION_HANDLER", "ws/$default")))
        .hasMessageStartingWith("PINION_APP names app.Nobody, which cannot be loaded as an app: ");
    assertThatThrownBy(() -> new Function(Map.of("PINION_HANDLER", "nothing", "PINION_TABLES", "[]")))
        .hasMessageStartingWith("The function's environment variables are not the ones that Pinion compiled: "
            + "PINION_APP is missing; PINION_TABLES is malformed: ");
    assertThatThrownBy(
        () -> new Function(
            Map.of("PINION_APP", "app.Telling", "PINION_HANDLER", "ws/$default", "PINION_WEBSOCKETS",
                "{\"ws\": {\"url\": \"wss://x/prod\", \"callback\": \"not a url\"}}")))
        .hasMessageEndingWith("PINION_WEBSOCKETS is malformed: ws.callback: 'not a url' is not a URL");
  }
}
