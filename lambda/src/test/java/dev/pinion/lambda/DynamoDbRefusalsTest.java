package dev.pinion.lambda;

import dev.pinion.ForbiddenException;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.LimitExceededException;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.TransactionCanceledException;
import dev.pinion.ValidationException;
import dev.pinion.lambda.ScriptedServer.Answer;
import dev.pinion.lambda.ScriptedServer.Request;
import dev.pinion.spi.Read;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import dev.pinion.spi.Write;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What DynamoDB refuses that DynamoDB Local does not, and what is repeated. */
@Timeout(60)
final class DynamoDbRefusalsTest {
  private static final TableModel TABLE =
      new TableModel("rows", new KeyAttribute("id", STRING), Optional.empty(), List.of(), Optional.empty(), false,
          false, new SourceLocation("none", 0));
  private static final Read READ = new Read(TABLE, Key.of("id", "a"), List.of(), false);
  private static final Answer THROTTLED = error("ProvisionedThroughputExceededException", "slow down");

  private Function<Request, Answer> script = _ -> ScriptedServer.OK;
  private final Waits waits = Senders.aMinute();
  private final ScriptedServer server;
  private final DynamoDbStore store;

  DynamoDbRefusalsTest() throws Exception {
    server = new ScriptedServer(request -> script.apply(request));
    DynamoDb dynamoDb = new DynamoDb(Senders.client(Map.of("AWS_ENDPOINT_URL_DYNAMODB", server.url()), waits));
    store = new DynamoDbStore(dynamoDb, TableModel::id, new Pause(waits));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Answer error(String type, String message) {
    return new Answer(
        400, "", "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"" + message + "\"}");
  }

  private static Write put(String id) {
    return new Write.Put(TABLE, Item.of("id", id), Optional.empty());
  }

  @Test
  void throttlingIsRepeatedThenTold() {
    script = request -> request.number() < 3 ? THROTTLED : ScriptedServer.OK;
    assertThat(store.getItem(READ)).isEmpty();
    assertThat(waits.millis()).containsExactly(1_000L, 2_000L);
    script = _ -> THROTTLED;
    assertThatThrownBy(() -> store.getItem(READ))
        .isExactlyInstanceOf(LimitExceededException.class).hasMessage("slow down");
    assertThat(server.requests()).hasSize(3 + 4);
  }

  @Test
  void aFaultIsRepeatedThreeTimes() {
    script = _ -> new Answer(500, "", "");
    assertThatThrownBy(() -> store.getItem(READ)).isExactlyInstanceOf(ServiceUnavailableException.class)
        .hasMessage("DynamoDB failed, after 4 attempts: no message (status 500)");
    assertThat(server.requests()).hasSize(4);
    assertThat(waits.millis()).containsExactly(25L, 50L, 100L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seven", "1E99999999999", "100E2147483647"})
  void aNumberThatIsNoneIsNamed(String number) {
    for (String value : List.of("{\"N\":\"" + number + "\"}", "{\"NS\":[\"1\",\"" + number + "\"]}")) {
      script = _ -> new Answer(200, "", "{\"Item\":{\"id\":{\"S\":\"a\"},\"n\":" + value + "}}");
      assertThatThrownBy(() -> store.getItem(READ)).isExactlyInstanceOf(ServiceUnavailableException.class)
          .hasMessage("DynamoDB's response cannot be read: '" + number + "' is not a number");
    }
  }

  /** Written with all its digits, each of these numbers would need gigabytes. */
  @ParameterizedTest
  @ValueSource(strings = {"1E-500000000", "1E+500000000", "1E+2147483646"})
  void aNumberOfAnyExponentIsRead(String number) {
    script = _ -> new Answer(200, "", "{\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"" + number + "\"}}}");
    Item row = store.getItem(READ).orElseThrow();
    assertThat(row.number("n")).isEqualTo(new BigDecimal(number));
    assertThat(row.toString()).contains(number);
  }

  @Test
  void refusalsAreNotRepeated() {
    script = _ -> error("AccessDeniedException", "not authorized to perform: dynamodb:GetItem");
    assertThatThrownBy(() -> store.getItem(READ)).isExactlyInstanceOf(ForbiddenException.class)
        .hasMessage("not authorized to perform: dynamodb:GetItem");
    script = _ -> error("ValidationException", "no");
    assertThatThrownBy(() -> store.getItem(READ)).isExactlyInstanceOf(ValidationException.class).hasMessage("no");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void whatABatchLeftUndoneIsAskedForAgain() {
    String left = "{\"UnprocessedItems\":{\"rows\":[{\"PutRequest\":{\"Item\":{\"id\":{\"S\":\"c\"}}}}]}}";
    script = request -> request.number() < 3 ? new Answer(200, "", left) : ScriptedServer.OK;
    store.batchWriteItem(Stream.of("a", "b", "c").map(DynamoDbRefusalsTest::put).toList());
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().getLast().body()).contains("\"c\"").doesNotContain("\"a\"");
    assertThat(waits.millis()).containsExactly(50L);
    script = _ -> new Answer(200, "", left);
    assertThatThrownBy(() -> store.batchWriteItem(List.of(put("c"))))
        .isExactlyInstanceOf(LimitExceededException.class)
        .hasMessage("DynamoDB is over its throughput: 1 rows of the batch have not been written");
  }

  @Test
  void aTransactionIsRepeatedUnderItsToken() {
    script = request -> request.number() == 1 ? new Answer(500, "", "") : ScriptedServer.OK;
    store.transactWriteItems(List.of(put("a")));
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).body()).isEqualTo(server.requests().get(0).body())
        .contains("ClientRequestToken");
  }

  private static Answer cancelled(String... codes) {
    String reasons = Stream.of(codes).map(code -> "{\"Code\":\"" + code + "\"}").collect(Collectors.joining(","));
    return new Answer(
        400, "", "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
            + "\"Message\":\"cancelled\",\"CancellationReasons\":[" + reasons + "]}");
  }

  @Test
  void aTransactionThatMetAnotherOneIsRepeated() {
    script = request -> switch (request.number()) {
      case 1 -> cancelled("None", "TransactionConflict");
      case 2 -> cancelled("ThrottlingError", "None");
      case 3 -> error("TransactionConflictException", "busy");
      default -> ScriptedServer.OK;
    };
    store.transactWriteItems(List.of(put("a"), put("b")));
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests().get(3).body()).isEqualTo(server.requests().get(0).body());
    script = _ -> cancelled("TransactionConflict", "ConditionalCheckFailed");
    assertThatThrownBy(() -> store.transactWriteItems(List.of(put("a"), put("b"))))
        .isInstanceOf(TransactionCanceledException.class);
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void aCancelledTransactionHasItsReasons() {
    script = _ -> new Answer(400, "", "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
        + "\"Message\":\"cancelled\",\"CancellationReasons\":[{\"Code\":\"None\"},"
        + "{\"Code\":\"ConditionalCheckFailed\",\"Message\":\"The conditional request failed\"}]}");
    assertThatThrownBy(() -> store.transactWriteItems(List.of(put("a"), put("b"))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e -> assertThat(e.reasons()).containsExactly(
                new TransactionCanceledException.Reason("None", ""),
                new TransactionCanceledException.Reason("ConditionalCheckFailed", "The conditional request failed")));
    assertThat(server.requests()).hasSize(1);
  }
}
