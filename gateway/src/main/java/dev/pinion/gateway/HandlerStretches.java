package dev.pinion.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Whether the handlers of a route or of a connection have lately computed for long, so that they must not hold up
 * others. Any thread.
 */
final class HandlerStretches {
  private static final int COMPUTES_FOR = 16;

  /** Those of handlers that have never computed. */
  static final HandlerStretches NONE = new HandlerStretches();

  /** How many short stretches in a row end the state in which the handlers are taken for such that compute. */
  private volatile int computes;
  private volatile ComputingPool.@Nullable Share share;

  void computedLong() {
    if (share == null) {
      share = new ComputingPool.Share();
    }
    computes = COMPUTES_FOR;
  }

  /** Returns these after a long stretch: {@link #NONE} does not change. */
  HandlerStretches afterLong() {
    HandlerStretches own = this == NONE ? new HandlerStretches() : this;
    own.computedLong();
    return own;
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
