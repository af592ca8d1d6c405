package dev.pinion.dynamodb;

import dev.pinion.AttributeType;
import dev.pinion.dynamodb.RawClient.Answer;
import dev.pinion.lambda.DynamoDbLocal;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same requests, whose expressions are random texts, give the same answers as DynamoDB Local, and the same errors.
 * Of several mistakes in one request, the message may be about another one.
 *
 * <p>{@code -Dpinion.requests=100000 -Dpinion.seed=7} sends more of them.
 */
final class RequestsDifferenceTest {
  private static final TableModel ROWS =
      new TableModel(
          "rows", new KeyAttribute("id", AttributeType.STRING),
          Optional.of(new KeyAttribute("pos", AttributeType.NUMBER)), List.of(), Optional.empty(), false, false,
          new SourceLocation("Test.java", 1));

  private final RawClient client = new RawClient();

  @Test
  void theSameAsDynamoDbLocal() throws Exception {
    int requests = Integer.getInteger("pinion.requests", 2_000);
    RandomRequests random = new RandomRequests(new Random(Long.getLong("pinion.seed", 20_261_129)));
    try (DynamoDbLocal theirs = DynamoDbLocal.start(); LocalEndpoint ours = LocalEndpoint.start(List.of(ROWS))) {
      theirs.with(List.of(ROWS)).close();
      int same = 0;
      int refused = 0;
      for (int i = 0; i < requests; i++) {
        RandomRequests.Request request = random.next();
        Answer expected = client.call(theirs.endpoint(), request.operation(), request.body());
        Answer answer =
            last(client.call(ours.uri(), request.operation(), request.body()), expected, request, ours.uri());
        if (isDeviation(expected, answer)) {
          RandomRequests.Request delete = RandomRequests.delete(request);
          client.call(theirs.endpoint(), delete.operation(), delete.body());
          client.call(ours.uri(), delete.operation(), delete.body());
          continue;
        }
        compare(request, expected, answer);
        if (expected.status() == 400) {
          refused++;
          if (expected.message().equals(answer.message())) same++;
        }
      }
      assertThat(same * 100 / refused).as("of 100 refusals, those with the same message").isBetween(80, 100);
      assertThat(refused).isBetween(requests / 4, requests * 3 / 4);
    }
  }

  /** At a limit that is just reached, DynamoDB may name a next page that is empty, where DynamoDB Local names none. */
  private Answer last(Answer answer, Answer expected, RandomRequests.Request request, URI ours) throws Exception {
    Object key = answer.members().get("LastEvaluatedKey");
    if (key == null || expected.members().containsKey("LastEvaluatedKey")) return answer;
    Map<String, Object> next = new TreeMap<>(request.body());
    next.put("ExclusiveStartKey", key);
    Answer page = client.call(ours, request.operation(), next);
    assertThat(page.members().get("ScannedCount")).as(request + "\n" + page).hasToString("0");
    Map<Object, Object> members = new TreeMap<>(answer.members());
    members.remove("LastEvaluatedKey");
    return new Answer(answer.status(), answer.headers(), answer.body(), members);
  }

  /** DynamoDB Local fails at some malformed requests, and lacks two of the reserved words that are documented. */
  private static boolean isDeviation(Answer dynamoDbLocal, Answer ours) {
    return dynamoDbLocal.status() == 500 || ours.message().matches(".*; reserved keyword: (size|convert)");
  }

  private static void compare(RandomRequests.Request request, Answer expected, Answer answer) {
    String what = request + "\nDynamoDB Local: " + expected + "\nours:           " + answer + "\n";
    assertThat(answer.status()).as(what).isEqualTo(expected.status());
    if (expected.status() == 400) {
      assertThat(answer.error()).as(what).isEqualTo(expected.error());
      assertThat(canonical(answer.members().get("Item"))).as(what)
          .isEqualTo(canonical(expected.members().get("Item")));
      return;
    }
    Object returns = request.body().get("ReturnValues");
    boolean updated = returns != null && returns.toString().startsWith("UPDATED");
    boolean scan = request.operation().equals("Scan");
    assertThat(canonical(without(answer, updated, scan))).as(what)
        .isEqualTo(canonical(without(expected, updated, scan)));
  }

  /**
   * Of an updated place within an attribute, DynamoDB Local returns the whole attribute, DynamoDB only the place. A
   * scan has no order.
   */
  private static Map<?, ?> without(Answer answer, boolean attributes, boolean order) {
    Map<Object, Object> members = new TreeMap<>(answer.members());
    if (attributes) members.remove("Attributes");
    if (order && members.get("Items") instanceof Collection<?> items) {
      members.put("Items", items.stream().map(RequestsDifferenceTest::canonical).sorted().toList());
    }
    return members;
  }

  /** A text that is the same for equal answers: sets in the order of their texts. */
  private static String canonical(@Nullable Object json) {
    return switch (json) {
      case null -> "null";
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((name, value) -> sorted.put(String.valueOf(name), value(String.valueOf(name), value)));
        yield sorted.toString();
      }
      case Collection<?> list -> list.stream().map(RequestsDifferenceTest::canonical).toList().toString();
      default -> String.valueOf(json);
    };
  }

  private static String value(String name, @Nullable Object value) {
    if (name.equals("N")) return new BigDecimal(String.valueOf(value)).stripTrailingZeros().toPlainString();
    boolean unordered = List.of("SS", "NS", "BS").contains(name);
    return unordered && value instanceof Collection<?> all
        ? all.stream().map(RequestsDifferenceTest::canonical).sorted().toList().toString()
        : canonical(value);
  }
}
