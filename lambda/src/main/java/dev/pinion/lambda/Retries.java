package dev.pinion.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Repeats calls that AWS throttled, or that a fault on the way kept from an answer: with exponential backoff and full
 * jitter, as long as the invocation has the time. Any thread.
 *
 * <p>A throttled call is made up to 10 times, which takes some 5 s; a failed one up to 4 times. Half a second of the
 * invocation's time is left to the handler.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
final class Retries {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration RESERVE = Duration.ofMillis(500);
  /** How often a throttled call is made at most. */
  static final int THROTTLED = 10;

  private static final int FAILED = 4;
  /** Refusals that leave nothing behind and may be gone at once. */
  private static final Set<String> PASSING = Set.of("TransactionConflictException", "TransactionInProgressException");

  private final Timing timing;

  Retries(Timing timing) {
    this.timing = timing;
  }

  /** Makes a call until it succeeds, or must not be repeated; then throws what the last one threw. */
  <T> T call(Supplier<T> call) {
    for (int attempt = 1;; attempt++) {
      try {
        return call.get();
      } catch (SdkException e) {
        if (!pause(e, attempt)) {
          throw e;
        }
      }
    }
  }

  /** Waits before a failed call is repeated; false, at once, when it must not be. */
  boolean pause(SdkException failure, int attempt) {
    boolean repeat = throttled(failure) ? attempt < THROTTLED : attempt < FAILED && passing(failure);
    return repeat && pause(attempt);
  }

  /** Waits after an attempt, the first being 1; false, at once, when the invocation has not the time. */
  boolean pause(int attempt) {
    long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 16));
    Duration wait = Duration.ofMillis((long) (timing.random() * most));
    if (timing.left().minus(wait).compareTo(RESERVE) < 0) {
      return false;
    }
    try {
      timing.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the invocation has time for one more call. */
  boolean inTime() {
    return timing.left().compareTo(RESERVE) >= 0;
  }

  static boolean throttled(SdkException failure) {
    return failure instanceof AwsServiceException refused
        && (refused.statusCode() == 429 || refused.isThrottlingException());
  }

  private static boolean passing(SdkException failure) {
    if (failure instanceof AwsServiceException refused) {
      return refused.statusCode() >= 500
          || refused.isClockSkewException()
          || PASSING.contains(Refusals.code(refused));
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
