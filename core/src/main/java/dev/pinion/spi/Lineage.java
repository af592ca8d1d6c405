package dev.pinion.spi;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often each handler was called in one chain of calls, of which each caused the next one through Lambda itself, SQS
 * or SNS. Lambda stops a function that is called about 16 times in its chain. Immutable.
 *
 * <p>Source: Lambda developer guide, "Use Lambda recursive loop detection to prevent infinite loops".
 *
 * @param calls by the handlers' paths
 */
public record Lineage(Map<String, Integer> calls) {
  /** A chain that begins. */
  public static final Lineage NONE = new Lineage(Map.of());

  /** How often a function is called in one chain. */
  public static final int MOST = 16;

  public Lineage {
    calls = Map.copyOf(calls);
  }

  /** Returns the chain with one more call of a handler. */
  public Lineage with(String handler) {
    Map<String, Integer> next = new TreeMap<>(calls);
    next.merge(handler, 1, Integer::sum);
    return new Lineage(next);
  }

  /** Returns whether Lambda stops the next call of a handler. */
  public boolean isLoop(String handler) {
    return calls.getOrDefault(handler, 0) >= MOST;
  }
}
