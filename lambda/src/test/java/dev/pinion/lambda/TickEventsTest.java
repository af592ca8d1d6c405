package dev.pinion.lambda;

import app.Telling;
import dev.pinion.spi.TickInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Events of EventBridge Scheduler through a function's entry. */
final class TickEventsTest {
  /** What the service sends to a function if the target has no input, as its guide shows it. */
  private static final String DEFAULT = """
      {"version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "detail-type": "Scheduled Event",
       "source": "aws.scheduler", "account": "123456789012", "time": "2015-10-08T16:53:06Z", "region": "us-east-1",
       "resources": ["arn:aws:scheduler:us-east-1:123456789012:schedule/default/tick"], "detail": "{}"}""";

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Telling.TOLD.clear();
  }

  private String answer(String event) throws IOException {
    Function function = new Function(Map.of("PINION_APP", "app.Telling", "PINION_HANDLER", "tick"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, invocation);
    return answer.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theInputOfThePlanReachesTheHandler() throws Exception {
    String event = TickInput.TEXT.replace("<aws.scheduler.scheduled-time>", "2022-03-22T18:59:43Z")
        .replace("<aws.scheduler.execution-id>", "d32c5kddcf5bb8c3")
        .replace("<aws.scheduler.schedule-arn>", "arn:aws:scheduler:us-east-1:123456789012:schedule/default/tick")
        .replace("<aws.scheduler.attempt-number>", "1");
    assertThat(event).doesNotContain("<");
    assertThat(answer(event)).isEqualTo("null");
    assertThat(Telling.TOLD.poll()).isEqualTo("tick 2022-03-22T18:59:43Z d32c5kddcf5bb8c3");
    assertThat(invocation.logged()).isEmpty();
  }

  @Test
  void theServicesOwnEventReachesTheHandler() throws Exception {
    assertThat(answer(DEFAULT)).isEqualTo("null");
    assertThat(Telling.TOLD.poll()).isEqualTo("tick 2015-10-08T16:53:06Z 53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"scheduledTime\": null, \"executionId\": null}", "{\"key1\": \"value1\"}"})
  void anEventWithoutATimeIsATickOfNow(String event) throws Exception {
    Instant before = Instant.now();
    answer(event);
    Instant told = Instant.parse(requireNonNull(Telling.TOLD.poll()).split(" ", -1)[1]);
    assertThat(told).isBetween(before, Instant.now());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "[]                             | not an object",
    "{\"scheduledTime\": 7}         | scheduledTime: not text",
    "{\"scheduledTime\": \"noon\"}  | 'noon' is not a time such as 2026-01-31T09:00:00Z",
    "{\"executionId\": {}}          | executionId: not text"})
  void whatIsNoSuchEventIsRefused(String event, String message) {
    assertThatThrownBy(() -> answer(event)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the input is not an event of EventBridge Scheduler, which this function handles: " + message);
    assertThat(Telling.TOLD).isEmpty();
  }

  @Test
  void aFailureFailsTheInvocationSoThatLambdaRetriesIt() {
    assertThatThrownBy(() -> answer("{\"time\": \"2015-10-08T16:53:06Z\", \"id\": \"failing\"}"))
        .isInstanceOf(IOException.class);
    assertThat(invocation.logged()).matches("Telling\\.java:\\d+: handler tick failed for the tick of"
        + " 2015-10-08T16:53:06Z: java.io.IOException: the disk is full\n");
    assertThat(invocation.written()).contains("\"handler\":\"tick\",\"executionId\":\"failing\",");
  }
}
