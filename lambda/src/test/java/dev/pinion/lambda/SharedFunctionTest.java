package dev.pinion.lambda;

import app.Sharing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.pinion.lambda.Recorded.event;
import static dev.pinion.lambda.Recorded.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A function that handlers of every kind share: which of them an event comes to.
final class SharedFunctionTest {
  private static final Map<String, String> SHARED = Map.of(
      "PINION_APP", "app.Sharing", "PINION_FUNCTION", "all", "PINION_ALIASES",
      "{\"on-ws\":\"ws\",\"on-other\":\"other\",\"on-http\":\"http\",\"on-work\":\"work\",\"on-daily\":\"daily\","
          + "\"on-jobs\":\"jobs\",\"on-rows\":\"rows\"}");

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Sharing.TOLD.clear();
  }

  private String answer(String alias, String event) throws IOException {
    Function function = new Function(new HashMap<>(SHARED));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    invocation.qualifier(alias);
    function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, invocation);
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachRouteHasItsHandler() throws Exception {
    assertThat(answer("on-ws", event("connect"))).isEqualTo("{\"statusCode\":200}");
    answer("on-ws", event("disconnect"));
    answer("on-ws", event("message"));
    answer("on-other", event("connect"));
    assertThat(Sharing.TOLD)
        .containsExactly("connect", "disconnect", "message {\"text\": \"Grüße, 𝄞\"}", "other connect");
  }

  @Test
  void anHttpRequestHasItsHandler() throws Exception {
    String event = """
        {"version":"2.0","routeKey":"POST /orders/{id}","rawPath":"/orders/7","headers":{},
         "requestContext":{"http":{"method":"POST","sourceIp":"1"},"requestId":"r","timeEpoch":1,"domainName":"d"}}""";
    assertThat(answer("on-http", event)).contains("\"statusCode\":200", "ordered");
  }

  /// A task's payload is whatever the app sends, so only the alias tells whose event it is.
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      on-work  | "{\\"Records\\":[]}" | task {"Records":[]}
      on-daily | {} | tick
      on-jobs  | {"Records":[{"messageId":"m","body":"b","attributes":{"SentTimestamp":"1"}}]} | queue b
      """)
  void anyOtherEventHasTheHandlerOfItsAlias(String alias, String event, String told) throws Exception {
    answer(alias, event);
    assertThat(Sharing.TOLD).containsExactly(told);
  }

  @Test
  void aChangeHasItsHandler() throws Exception {
    answer("on-rows", """
        {"Records":[{"eventID":"1","eventName":"REMOVE","dynamodb":
          {"Keys":{"id":{"S":"a"}},"OldImage":{"id":{"S":"a"}},"SequenceNumber":"1"}}]}""");
    assertThat(Sharing.TOLD).singleElement().asString().startsWith("change ");
  }

  @Test
  void aFailureNamesTheHandlerOfItsEvent() {
    assertThatThrownBy(() -> answer("on-ws", message("failing"))).hasMessage("no");
    assertThat(invocation.logged()).contains("Sharing.java:", "ws/failing");
  }

  @Test
  void aRouteOfAnotherFunctionIsRefused() {
    assertThatThrownBy(() -> answer("on-ws", message("alone")))
        .hasMessageContaining("an event of route 'alone' was sent to the function of handler 'ws/$connect'");
  }

  @Test
  void anInvocationWithoutAnAliasSaysWhichThereAre() {
    assertThatThrownBy(() -> answer("$LATEST", "{}"))
        .hasMessageContaining("function 'all' was invoked as ")
        .hasMessageContaining("invoke one of its aliases on-ws, on-other, ");
  }
}
