package dev.pinion.lambda;

import dev.pinion.awsclient.TimeBudget;
import java.time.Duration;

/**
 * Waits before a request is repeated that AWS was too busy for, with exponential backoff and full jitter, if the
 * invocation has enough time left. Half a second is reserved for the handler. Any thread.
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential backoff and
 *     jitter</a>
 */
record Pause(TimeBudget time) {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 2_000;
  private static final Duration RESERVE = Duration.ofMillis(500);

  /** Waits after an attempt, counted from 1. Returns false at once if the invocation has too little time left. */
  boolean after(int attempt) {
    long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 16));
    Duration wait = Duration.ofMillis((long) (time.random() * most));
    if (time.left().minus(wait).compareTo(RESERVE) < 0) {
      return false;
    }
    try {
      time.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the invocation has time for one more call. */
  boolean inTime() {
    return time.left().compareTo(RESERVE) >= 0;
  }
}
