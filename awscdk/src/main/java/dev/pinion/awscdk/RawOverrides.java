package dev.pinion.awscdk;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The raw overrides of a resource, as they were made. */
final class RawOverrides {
  private final Map<String, Object> all = new TreeMap<>();

  /** Records one; no value removes what is at the path. */
  void record(String path, @Nullable Object value) {
    all.put(path, value == null ? "" : value);
  }

  /** Returns the overridden values by their paths in the template. */
  Map<String, Object> all() {
    return Collections.unmodifiableMap(all);
  }
}
