package dev.pinion.awsclient;

import java.time.Duration;
import java.util.Set;

/**
 * When a call is made again, and after how long: as in the SDKs' standard mode of 2026. Transient failures are retried
 * after up to 50 ms (DynamoDB 25 ms), throttled calls after up to 1 s, twice as long each time up to 20 s, with full
 * jitter; 3 attempts in all, DynamoDB 4. Used for one call, by one thread.
 *
 * <p>The management API's 429 is not retried here: whoever sends to many clients slows down as a whole.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS SDKs: retry
 *     behavior</a>
 */
final class Retry {
  /** What is left to the caller when a call gives up. */
  static final Duration RESERVE = Duration.ofMillis(500);

  private static final int THROTTLED_MILLIS = 1_000;
  private static final int MOST_MILLIS = 20_000;
  /** How much longer than its own wait a client waits when the server asks for it. */
  private static final int SERVER_MILLIS = 5_000;
  private static final Set<Integer> TRANSIENT_STATUS = Set.of(500, 502, 503, 504);
  private static final Set<String> TRANSIENT =
      Set.of(
          "PriorRequestNotComplete", "RequestTimeout", "RequestTimeoutException", "InternalError",
          "IDPCommunicationError");

  private final AwsService service;
  private final RetryQuota quota;
  private final TimeBudget time;
  private int attempt = 1;
  private int taken;

  Retry(AwsService service, RetryQuota quota, TimeBudget time) {
    this.service = service;
    this.quota = quota;
    this.time = time;
  }

  /** The number of the attempt that is to be made, or was made last; the first is 1. */
  int attempt() {
    return attempt;
  }

  void succeeded() {
    quota.succeeded(taken);
  }

  /** Why a call might be made again. */
  enum Cause {
    TRANSIENT,
    THROTTLING,
    NONE
  }

  /** What a failure is, unless the caller knows better. */
  static Cause cause(AwsService service, AwsException failure) {
    return switch (failure) {
      case AwsUnreachableException unreachable -> unreachable.outOfTime() ? Cause.NONE : Cause.TRANSIENT;
      case AwsErrorException error -> {
        if (error.isThrottling()) {
          yield service == AwsService.EXECUTE_API ? Cause.NONE : Cause.THROTTLING;
        }
        boolean passing = TRANSIENT.contains(error.code()) || TRANSIENT_STATUS.contains(error.statusCode());
        yield passing ? Cause.TRANSIENT : Cause.NONE;
      }
    };
  }

  /**
   * Waits before the call is made again; false, at once, when it is not to be.
   *
   * @param askedMillis how long the server asks to wait, 0 when it does not
   */
  boolean again(Cause cause, long askedMillis) {
    if (cause == Cause.NONE || attempt >= service.attempts()) {
      return false;
    }
    int cost = cause == Cause.THROTTLING ? RetryQuota.THROTTLING : RetryQuota.TRANSIENT;
    long wait = wait(cause, askedMillis);
    if (time.left().minusMillis(wait).compareTo(RESERVE) < 0 || !quota.take(cost)) {
      return false;
    }
    taken = cost;
    attempt++;
    return sleep(wait);
  }

  private long wait(Cause cause, long askedMillis) {
    long base = cause == Cause.THROTTLING ? THROTTLED_MILLIS : service.backoffMillis();
    long own = (long) (time.random() * Math.min(MOST_MILLIS, base << Math.min(attempt - 1, 16)));
    return Math.clamp(askedMillis, own, own + SERVER_MILLIS);
  }

  private boolean sleep(long millis) {
    try {
      time.sleep(Duration.ofMillis(millis));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
