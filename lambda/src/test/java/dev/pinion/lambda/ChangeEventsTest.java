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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Events of a DynamoDB stream through a function's entry. */
final class ChangeEventsTest {
  /** Records as Lambda's guide shows them, with the table's key. */
  private static final String INSERT = """
      {"eventID": "c81e728d9d4c2f636f067f89cc14862c", "eventVersion": "1.1", "dynamodb": {"Keys": {"id": {"S": "101"}},
       "NewImage": {"text": {"S": "New item!"}, "id": {"S": "101"}}, "StreamViewType": "NEW_AND_OLD_IMAGES",
       "SequenceNumber": "111", "SizeBytes": 26, "ApproximateCreationDateTime": 1479499740}, "awsRegion": "us-west-2",
       "eventName": "INSERT", "eventSourceARN":
       "arn:aws:dynamodb:us-east-1:123456789012:table/rows/stream/2024-06-10T19:26:16.525",
       "eventSource": "aws:dynamodb"}""";
  private static final String MODIFY = """
      {"eventID": "eccbc87e4b5ce2fe28308fd9f2a7baf3", "eventName": "MODIFY", "dynamodb": {"OldImage":
       {"text": {"S": "New item!"}, "id": {"S": "101"}}, "SequenceNumber": "222", "Keys": {"id": {"S": "101"}},
       "ApproximateCreationDateTime": 1.47949974E9, "SizeBytes": 59,
       "NewImage": {"text": {"S": "This item has changed"}, "id": {"S": "101"}}}, "userIdentity": null}""";
  private static final String EXPIRED = """
      {"eventID": "a", "eventName": "REMOVE", "userIdentity": {"type": "Service", "principalId":
       "dynamodb.amazonaws.com"}, "dynamodb": {"Keys": {"id": {"S": "101"}}, "OldImage": {"id": {"S": "101"}},
       "SequenceNumber": "333"}}""";

  private final Invocation invocation = new Invocation();

  @BeforeEach
  void forget() {
    Telling.TOLD.clear();
  }

  private String answer(String event) throws IOException {
    Function function = new Function(Map.of("PINION_APP", "app.Telling", "PINION_HANDLER", "rows/changes"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, invocation);
    return answer.toString(StandardCharsets.UTF_8);
  }

  private static String records(String... records) {
    return Stream.of(records).collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  private static String record(String id) {
    return "{\"eventID\":\"e" + id + "\",\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"id\":{\"S\":\"" + id
        + "\"}},\"SequenceNumber\":\"" + id + "00\"}}";
  }

  @Test
  void theRowsBeforeAndAfterReachTheHandler() throws Exception {
    assertThat(answer(records(INSERT, MODIFY, EXPIRED))).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Telling.TOLD).containsExactly(
        "INSERT 101 none > New item! false c81e728d9d4c2f636f067f89cc14862c 2016-11-18T20:09:00Z",
        "MODIFY 101 New item! > This item has changed false eccbc87e4b5ce2fe28308fd9f2a7baf3 2016-11-18T20:09:00Z",
        "REMOVE 101 none > none true a 1970-01-01T00:00:00Z");
    assertThat(invocation.logged()).isEmpty();
  }

  @Test
  void anInterruptThatAHandlerLeavesBehindReachesNeitherTheNextChangeNorTheNextCall() throws Exception {
    assertThat(answer(records(record("interrupting1"), record("2"), record("interrupting3"))))
        .isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(Telling.TOLD).hasSize(3);
  }

  @Test
  void lambdaBeginsAgainWithTheFirstThatHasFailed() throws Exception {
    assertThat(answer(records(record("1"), record("failing"), record("3"))))
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"failing00\"}]}");
    assertThat(Telling.TOLD).hasSize(2);
    assertThat(invocation.logged()).contains("Telling.java:")
        .contains(": handler rows/changes failed for the INSERT of ").contains("(event efailing): java.io.IOException");
  }

  @Test
  void aBatchWhoseFirstChangeFailsIsDividedByLambda() {
    assertThatThrownBy(() -> answer(records(record("failing"), record("2")))).isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThat(Telling.TOLD).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{} | it has no Records", "{\"Records\":[{\"eventName\":\"INSERT\"}]} | a record has no dynamodb.Keys",
    "{\"Records\":[{\"eventName\":\"INSERT\",\"dynamodb\":{\"Keys\":{\"k\":{\"S\":\"1\"}},\"SequenceNumber\":\"1\"}}]}"
        + " | a record's dynamodb.Keys has no 'id'"})
  void anotherEventIsAnError(String event, String problem) {
    assertThatThrownBy(() -> answer(event)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the event is not one of DynamoDB Streams, which this function handles: " + problem);
  }
}
