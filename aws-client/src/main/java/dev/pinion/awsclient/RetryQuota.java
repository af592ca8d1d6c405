package dev.pinion.awsclient;

/**
 * How many retries a client may still make: when much fails, it stops retrying instead of adding to the load. Full at
 * 500; a retry takes 14 of it after a transient failure, 5 after throttling; a success gives back what the last retry
 * took, or 1. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">AWS SDKs: retry
 *     behavior</a>
 */
final class RetryQuota {
  static final int TRANSIENT = 14;
  static final int THROTTLING = 5;

  private static final int FULL = 500;

  private int left = FULL;

  synchronized boolean take(int cost) {
    if (left < cost) {
      return false;
    }
    left -= cost;
    return true;
  }

  /** A call succeeded whose last retry took so much, 0 for the first attempt. */
  synchronized void succeeded(int taken) {
    left = Math.min(FULL, left + Math.max(1, taken));
  }
}
