package dev.pinion.lambda;

import app.Telling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Events of SQS through a function's entry. */
final class QueueEventsTest {
  /** A record as Lambda's guide shows it, of a standard queue. */
  private static final String RECORD = """
      {"messageId": "059f36b4-87a3-44ab-83d2-661975830a7d", "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...",
       "body": "{\\"text\\":\\"Test message.\\"}", "attributes": {"ApproximateReceiveCount": "1",
       "SentTimestamp": "1545082649183", "SenderId": "AIDAIENQZJOLO23YVJ4VO",
       "ApproximateFirstReceiveTimestamp": "1545082649185"}, "messageAttributes": {"myAttribute": {"stringValue":
       "myValue", "stringListValues": [], "binaryListValues": [], "dataType": "String"}},
       "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3", "eventSource": "aws:sqs",
       "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:my-queue", "awsRegion": "us-east-2"}""";
  /** The same of a FIFO queue. */
  private static final String FIFO = """
      {"messageId": "11d6ee51-4cc7-4302-9e22-7cd8afdaadf5", "receiptHandle": "AQEBBX8nesZEXmkhsmZeyIE8iQAMig7qw...",
       "body": "{\\"text\\":\\"ordered\\"}", "attributes": {"ApproximateReceiveCount": "3",
       "SentTimestamp": "1573251510774", "SequenceNumber": "18849496460467696128", "MessageGroupId": "1",
       "SenderId": "AIDAIO23YVJENQZJOL4VO", "MessageDeduplicationId": "1",
       "ApproximateFirstReceiveTimestamp": "1573251510774"}, "messageAttributes": {},
       "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3", "eventSource": "aws:sqs",
       "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:fifo.fifo", "awsRegion": "us-east-2"}""";

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Telling.TOLD.clear();
  }

  private String answer(String handler, String event) throws IOException {
    Function function = new Function(Map.of("PINION_APP", "app.Telling", "PINION_HANDLER", handler));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, invocation);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static String records(String... records) {
    return Stream.of(records).collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  private static String record(String id, String text) {
    return "{\"messageId\":\"" + id + "\",\"body\":\"{\\\"text\\\":\\\"" + text + "\\\"}\"}";
  }

  @Test
  void aMessageReachesTheHandler() throws Exception {
    assertThat(answer("standard", records(RECORD))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Telling.TOLD.poll()).isEqualTo(
        "Test message. QueueMessage[messageId=059f36b4-87a3-44ab-83d2-661975830a7d, receiveCount=1,"
            + " sentTime=2018-12-17T21:37:29.183Z, messageGroupId=Optional.empty]");
    assertThat(answer("fifo", records(FIFO))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Telling.TOLD.poll()).isEqualTo("ordered");
    assertThat(invocation.logged()).isEmpty();
  }

  @Test
  void membersThatAreAbsentAreNotNeeded() throws Exception {
    assertThat(answer("standard", records(record("1", "a")))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Telling.TOLD.poll()).startsWith("a QueueMessage[messageId=1, receiveCount=1, sentTime=");
  }

  @Test
  void aStandardQueueGetsTheFailedOnesBack() throws Exception {
    assertThat(
        answer("standard", records(record("1", "a"), record("2", "failing"), record("3", "b"),
            "{\"messageId\":\"4\",\"body\":\"no JSON\"}")))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"},{\"itemIdentifier\":\"4\"}]}");
    assertThat(Telling.TOLD).hasSize(3);
    assertThat(invocation.logged())
        .contains("Telling.java:", ": handler standard failed for message 2: java.io.IOException: the disk is full\n")
        .contains("\tat app.Telling").contains("failed for message 4: java.lang.IllegalArgumentException: the message"
            + " 4 is no Note: ");
    assertThat(invocation.written().lines()).satisfiesExactly(
        each -> assertThat(each).contains("\"handler\":\"standard\",\"messageId\":\"2\","),
        each -> assertThat(each).contains("\"handler\":\"standard\",\"messageId\":\"4\","));
  }

  @Test
  void aFifoQueueGetsTheFirstFailedOneAndAllBehindItBack() throws Exception {
    assertThat(answer("fifo", records(record("1", "a"), record("2", "failing"), record("3", "b"))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"},{\"itemIdentifier\":\"3\"}]}");
    assertThat(Telling.TOLD).containsExactly("a", "failing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "fifo"})
  void anInterruptThatAHandlerLeavesBehindReachesNeitherTheNextMessageNorTheNextCall(String handler) throws Exception {
    String event = records(record("1", "interrupting"), record("2", "a"), record("3", "interrupting again"));
    assertThat(answer(handler, event)).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(answer(handler, records(record("4", "interrupting")))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(Telling.TOLD).hasSize(4);
  }

  @Test
  void aMessageThatCameAloneFailsTheInvocation() {
    assertThatThrownBy(() -> answer("fifo", records(record("1", "failing")))).isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(invocation.logged())
        .contains("handler fifo failed for message 1: java.io.IOException: the disk is full");
    assertThat(invocation.written()).contains("\"handler\":\"fifo\",\"messageId\":\"1\",");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{} | Records: missing", "[] | not an object", "{\"Records\":[1]} | Records[0]: not an object",
    "{\"Records\":[{\"body\":\"x\"}]} | Records[0].messageId: missing",
    "{\"Records\":[{\"messageId\":\"1\"}]} | Records[0].body: missing",
    "{\"Records\":[{\"messageId\":\"1\",\"body\":\"x\",\"attributes\":{\"SentTimestamp\":\"soon\"}}]}"
        + " | Records[0].attributes.SentTimestamp: 'soon' is not a number"})
  void anotherEventIsAnError(String event, String problem) {
    assertThatThrownBy(() -> answer("standard", event)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the event is not one of SQS, which this function handles: " + problem);
  }
}
