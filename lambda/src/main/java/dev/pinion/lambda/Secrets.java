package dev.pinion.lambda;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a function's secrets. They are read when the instance starts, and again after it was restored from a
 * snapshot, which contains no secrets. Any thread.
 */
final class Secrets {
  private final Map<String, String> arns;
  private final Function<Map<String, String>, Map<String, String>> read;
  private @Nullable Map<String, String> values;

  /**
   * Creates secrets that have not been read yet.
   *
   * @param read returns the values for ARNs, by name
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

  /** Returns the values that have been read; none before that. */
  synchronized Map<String, String> known() {
    return values == null ? Map.of() : values;
  }

  /** Discards the values. */
  synchronized void forget() {
    values = null;
  }

  /** Returns the names only. */
  @Override
  public String toString() {
    return "secrets " + arns.keySet();
  }
}
