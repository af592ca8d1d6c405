package dev.pinion.lambda;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a function's secrets, read when the instance starts and again after it was restored from a snapshot,
 * which holds none. Any thread.
 */
final class Secrets {
  private final Map<String, String> arns;
  private final Function<Map<String, String>, Map<String, String>> read;
  private @Nullable Map<String, String> values;

  /**
   * Secrets that have not been read.
   *
   * @param read gives the values of ARNs, by the same names
   */
  Secrets(Map<String, String> arns, Function<Map<String, String>, Map<String, String>> read) {
    this.arns = arns;
    this.read = read;
  }

  boolean has(String name) {
    return arns.containsKey(name);
  }

  synchronized Map<String, String> values() {
    Map<String, String> all = values;
    if (all == null) {
      all = arns.isEmpty() ? Map.of() : Map.copyOf(read.apply(arns));
      values = all;
    }
    return all;
  }

  /** Forgets the values. */
  synchronized void forget() {
    values = null;
  }

  /** Names only. */
  @Override
  public String toString() {
    return "secrets " + arns.keySet();
  }
}
