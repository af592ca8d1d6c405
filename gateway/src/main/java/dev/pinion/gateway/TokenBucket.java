package dev.pinion.gateway;

/** A rate with a burst: full at first, refilled continuously by a clock. Thread-safe. */
final class TokenBucket {
  private final int perSecond;
  private final long capacity;
  private long thousandths;
  private long filledAt;

  /** A full bucket at a time in milliseconds. */
  TokenBucket(int perSecond, int burst, long now) {
    this.perSecond = perSecond;
    capacity = burst * 1000L;
    thousandths = capacity;
    filledAt = now;
  }

  /** Takes one token at a time in milliseconds; false when there is none. */
  synchronized boolean take(long now) {
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
