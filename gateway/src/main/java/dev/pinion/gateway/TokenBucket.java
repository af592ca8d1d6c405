package dev.pinion.gateway;

/** A rate with a burst, both of which may change: full at first, refilled continuously by a clock. Thread-safe. */
final class TokenBucket {
  private long thousandths;
  private long filledAt;

  /** A full bucket at a time in milliseconds. */
  TokenBucket(int burst, long now) {
    thousandths = burst * 1000L;
    filledAt = now;
  }

  /** Takes one token at a time in milliseconds; false when there is none. */
  synchronized boolean take(int perSecond, int burst, long now) {
    long capacity = burst * 1000L;
    long passed = Math.clamp(now - filledAt, 0, 1 + capacity / perSecond);
    thousandths = Math.min(capacity, thousandths + passed * perSecond);
    filledAt = now;
    if (thousandths < 1000) {
      return false;
    }
    thousandths -= 1000;
    return true;
  }
}
