package dev.pinion.gateway;

import org.jspecify.annotations.Nullable;

/** Whether the handlers of a route have lately computed for long, so that they must not hold up others. Any thread. */
final class HandlerStretches {
  private static final int COMPUTES_FOR = 16;

  /** How many short stretches in a row end the state in which the handlers are taken for such that compute. */
  private volatile int computes;
  private volatile ComputingPool.@Nullable Share share;

  void computedLong() {
    if (share == null) {
      share = new ComputingPool.Share();
    }
    computes = COMPUTES_FOR;
  }

  void computedShort() {
    int left = computes;
    if (left > 0) {
      computes = left - 1;
    }
  }

  boolean computes() {
    return computes > 0;
  }

  ComputingPool.Share share() {
    ComputingPool.Share own = share;
    return own == null ? new ComputingPool.Share() : own;
  }
}
