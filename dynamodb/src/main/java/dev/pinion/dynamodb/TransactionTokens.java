package dev.pinion.dynamodb;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The client request tokens of transactions, so that one which is sent again is not done again. A token is known for
 * ten minutes, as by DynamoDB, and at most 1,000 of them are. Thread-safe.
 *
 * @see <a href=
 *     "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html">
 *     DynamoDB: idempotency</a>
 */
final class TransactionTokens {
  private static final Duration KNOWN = Duration.ofMinutes(10);
  private static final int MOST = 1_000;

  private final InstantSource clock;
  private final Map<String, Done> done = new LinkedHashMap<>();

  /**
   * A transaction that runs or was done.
   *
   * @param parts a digest of what it consists of
   * @param since when it began
   * @param answer what it was answered; null while it runs
   */
  private record Done(String parts, Instant since, @Nullable Map<String, Object> answer) {}

  TransactionTokens(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Executes a transaction, unless it was done with the token before.
   *
   * @param parts what it consists of, which must be the same each time
   * @return its answer
   */
  Map<String, Object> once(String token, @Nullable Object parts, Supplier<Map<String, Object>> transaction) {
    String digest = digest(parts);
    Map<String, Object> earlier = begin(token, digest);
    if (earlier != null) {
      return earlier;
    }
    Map<String, Object> answer = null;
    try {
      answer = transaction.get();
      return answer;
    } finally {
      end(token, digest, answer);
    }
  }

  private static String digest(@Nullable Object parts) {
    try {
      byte[] text = String.valueOf(parts).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized @Nullable Map<String, Object> begin(String token, String digest) {
    forget();
    Done earlier = done.get(token);
    if (earlier == null) {
      done.put(token, new Done(digest, clock.instant(), null));
      return null;
    } else if (!earlier.parts().equals(digest)) {
      throw DynamoDbError.of(
          "IdempotentParameterMismatchException",
          "The provided ClientRequestToken was used by another request with different parameters", Map.of());
    } else if (earlier.answer() == null) {
      throw DynamoDbError.of(
          "TransactionInProgressException",
          "Transaction operation is already in progress for the given ClientRequestToken", Map.of());
    }
    return earlier.answer();
  }

  private synchronized void end(String token, String digest, @Nullable Map<String, Object> answer) {
    if (answer == null) {
      done.remove(token);
    } else {
      done.put(token, new Done(digest, clock.instant(), answer));
    }
  }

  private void forget() {
    Instant since = clock.instant().minus(KNOWN);
    Iterator<Done> oldest = done.values().iterator();
    while (oldest.hasNext()) {
      Done each = oldest.next();
      if (each.answer() != null && (done.size() >= MOST || each.since().isBefore(since))) {
        oldest.remove();
      }
    }
  }
}
